//! Everything the vendor tells about a site, field by field.

use leptos::prelude::*;
use model::sites::Site;

use crate::parts::{
    bars::Fullness,
    text::{MaybeTime, megabytes, percent},
};

/// All facts of a site.
#[component]
pub fn Facts(
    /// The site.
    site: Site,
    /// Its region in words.
    region: String,
) -> impl IntoView {
    let instance = site.instance.clone().unwrap_or_default();
    let cloud = [instance.cloud, instance.cloud_region].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let storage = match (site.storage_used, site.storage_quota) {
        (Some(used), Some(quota)) => view! {
            <span class="headroom">
                <span>{megabytes(used)} " of " {megabytes(quota)} " (" {percent(used, quota)} " %)"</span>
                <Fullness used of=quota hue="storage"/>
            </span>
        }
        .into_any(),
        (Some(used), None) => format!("{} used; no quota told", megabytes(used)).into_any(),
        _ => view! { <span class="soft">"not told"</span> }.into_any(),
    };
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"What Tableau tells about this site"</h2>
            <dl class="pairs">
                <div><dt>"Name"</dt><dd>{site.name}</dd></div>
                <div><dt>"Address part"</dt><dd><Word word=Some(site.content_url)/></dd></div>
                <div><dt>"Site id"</dt><dd><code class="copy">{site.id.to_string()}</code></dd></div>
                <div><dt>"Tenant id"</dt><dd><code class="copy">{site.tenant.to_string()}</code></dd></div>
                <div><dt>"Status"</dt><dd>{site.status.word().to_owned()}</dd></div>
                <div><dt>"Suspended since"</dt><dd><MaybeTime at=site.suspended none="–"/></dd></div>
                <div><dt>"Storage"</dt><dd>{storage}</dd></div>
                <div><dt>"Region"</dt><dd>{region}</dd></div>
                <div><dt>"Location"</dt><dd><Word word=site.location/></dd></div>
                <div><dt>"Cloud"</dt><dd><Word word=Some(cloud)/></dd></div>
                <div><dt>"Pod address"</dt><dd><Word word=instance.base_url/></dd></div>
                <div><dt>"Pod id"</dt><dd><Word word=instance.id/></dd></div>
                <div><dt>"Server"</dt><dd><Word word=instance.server/></dd></div>
                <div><dt>"Region id"</dt><dd><Word word=instance.region/></dd></div>
                <div><dt>"Migration"</dt><dd><Word word=site.migration/></dd></div>
                <div><dt>"Made"</dt><dd><MaybeTime at=site.created none="not told"/></dd></div>
                <div><dt>"Last changed"</dt><dd><MaybeTime at=site.updated none="not told"/></dd></div>
            </dl>
        </section>
    }
}

/// A word of the vendor's, or that there is none.
#[component]
fn Word(word: Option<String>) -> impl IntoView {
    match word.filter(|word| !word.is_empty()) {
        Some(word) => view! { <span class="word">{word}</span> }.into_any(),
        None => view! { <span class="soft">"not told"</span> }.into_any(),
    }
}
