//! Everything the vendor tells about a site, field by field.

use leptos::prelude::*;
use model::sites::Site;

use crate::parts::{
    bars::{fullness, with_bar},
    pairs::{Fact, Pairs, facts},
    text::{megabytes, percent},
};

/// All facts of a site.
#[component]
pub fn Facts(
    /// The site.
    site: Site,
    /// Its region in words.
    region: String,
) -> impl IntoView {
    let instance = site.instance.unwrap_or_default();
    let cloud = [instance.cloud, instance.cloud_region].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let storage = match (site.storage_used, site.storage_quota) {
        (Some(used), Some(quota)) => {
            let words = format!("{} of {} ({} %)", megabytes(used), megabytes(quota), percent(used, quota));
            Fact::View(with_bar(words.into_any(), fullness(used, quota, "storage")))
        }
        (Some(used), None) => Fact::Text(format!("{} used; no quota told", megabytes(used))),
        _ => Fact::None("not told"),
    };
    let facts = facts([
        ("Name", Fact::Text(site.name)),
        ("Address part", Fact::told(Some(site.content_url))),
        ("Status", Fact::Text(site.status.word().to_owned())),
        ("Site id", Fact::Code(site.id.to_string())),
        ("Tenant id", Fact::Code(site.tenant.to_string())),
        ("Suspended since", Fact::time(site.suspended, "–")),
        ("Storage", storage),
        ("Region", Fact::Text(region)),
        ("Location", Fact::told(site.location)),
        ("Cloud", Fact::told(Some(cloud))),
        ("Pod address", Fact::told(instance.base_url)),
        ("Pod id", Fact::code(instance.id)),
        ("Server", Fact::told(instance.server)),
        ("Region id", Fact::code(instance.region)),
        ("Migration", Fact::told(site.migration)),
        ("Made", Fact::time(site.created, "not told")),
        ("Last changed", Fact::time(site.updated, "not told")),
    ]);
    view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"What Tableau tells about this site"</h2>
            <Pairs facts/>
        </section>
    }
    .into_any()
}
