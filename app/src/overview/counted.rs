//! Why the sites' numbers and the tenant's do not add up.

use leptos::prelude::*;

/// "How is this counted?", in words. Open without a script.
#[component]
pub fn HowCounted() -> impl IntoView {
    view! {
        <details class="counted">
            <summary>"How is this counted?"</summary>
            <div>
                <p>
                    "A person takes " <strong>"one seat of the tenant"</strong>
                    ", at the highest site role they have anywhere. The same person counts "
                    <strong>"on every site"</strong>
                    " they belong to, at the role they have there, and uses up that site's role limit. So the sites add up to more than the tenant, by design."
                </p>
                <p>
                    "An example: Creator on one site and Viewer on two others is one Creator of the tenant, but one Creator and two Viewers in the sites' sum. Taking Creator away on one site frees no seat while the person is Creator on another."
                </p>
                <ul>
                    <li>"Creator: Creator and Site Administrator Creator."</li>
                    <li>"Explorer: Explorer, Explorer (can publish) and Site Administrator Explorer."</li>
                    <li>"Viewer: Viewer. Unlicensed: on a site, but without a seat."</li>
                    <li>"A cloud administrator without a site role takes no seat."</li>
                    <li>"A suspended site keeps its people in these counts."</li>
                </ul>
                <p class="soft">
                    "Tableau tells how many seats are in use, not how many were bought. The rule is from Tableau's help page on site role limits; which roles belong to which tier, and the last two points, are inferred."
                </p>
            </div>
        </details>
    }
}
