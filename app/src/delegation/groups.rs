//! Groups chosen by name in the editor of grants: those of the sites that whoever gives the grant has connected.

use std::collections::BTreeSet;

use leptos::prelude::*;
use operations::GrantChoices;

use super::fields::tick;

/// Parts a list of groups, each as `site id / group id`, into those that can be ticked by name and those that stay typed.
pub fn parted(text: &str, choices: &GrantChoices) -> (BTreeSet<String>, String) {
    let known: BTreeSet<String> = choices
        .groups
        .iter()
        .flat_map(|of| of.groups.iter().map(|(group, _)| format!("{}/{group}", of.site)))
        .collect();
    let (mut picked, mut typed) = (BTreeSet::new(), Vec::new());
    for part in text.split(['\n', '\r', ',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let plain: String = part.chars().filter(|letter| !letter.is_whitespace()).collect();
        if known.contains(&plain) {
            picked.insert(plain);
        } else {
            typed.push(part);
        }
    }
    (picked, typed.join("\n"))
}

/// The groups by name, each with a box to tick; nothing where no site is connected.
pub fn to_pick(
    name: &'static str,
    words: &'static str,
    picked: &BTreeSet<String>,
    choices: &GrantChoices,
) -> AnyView {
    let sites = choices
        .groups
        .iter()
        .map(|of| {
            let boxes = of.groups.iter().map(|(group, label)| {
                let value = format!("{}/{group}", of.site);
                let ticked = picked.contains(&value);
                tick(name, value, label.clone(), ticked)
            });
            let boxes = boxes.collect_view();
            let open = of.groups.iter().any(|(group, _)| picked.contains(&format!("{}/{group}", of.site)));
            let more = of.more.then(|| {
                view! { <p class="soft">"This site has more groups; type the others below."</p> }
            });
            view! {
                <details open=open>
                    <summary>{format!("{words}: {}", of.name)}</summary>
                    {boxes}
                    {more}
                </details>
            }
        })
        .collect_view();
    sites.into_any()
}

#[cfg(test)]
mod tests {
    use model::{GroupId, SiteId};
    use operations::GroupsToChoose;

    use super::*;

    #[test]
    fn what_is_known_by_name_is_ticked_and_the_rest_stays_typed() {
        let site = SiteId::parse("00000000-0000-0000-0000-000000000001").unwrap();
        let group = GroupId::parse("00000000-0000-0000-0000-000000000002").unwrap();
        let groups = vec![(group, "Sales".to_owned())];
        let of = GroupsToChoose { site, name: "Main".to_owned(), groups, more: false };
        let choices = GrantChoices { groups: vec![of], ..GrantChoices::default() };
        let text = format!("{site} / {group}\nnonsense, {site}/{site}");
        let (picked, typed) = parted(&text, &choices);
        assert_eq!(picked.into_iter().collect::<Vec<_>>(), [format!("{site}/{group}")]);
        assert_eq!(typed, format!("nonsense\n{site}/{site}"));
    }
}
