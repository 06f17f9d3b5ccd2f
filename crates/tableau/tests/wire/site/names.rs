//! Names that are hard to write: what is sent is what arrives, and what an answer names is what is read.

use tableau::{
    Error, Fate, Filter, GroupField, GroupUpdate, LocalGroupUpdate, Made, NewSiteUser, Operator, Unfit,
};

use super::changes::{local, somebody};
use super::{GROUP, changer, group, said, set, user};
use crate::raw::Raw;

fn hard() -> Vec<String> {
    let long = "ä".repeat(256);
    ["a\"b'c", "<&>]]>", "👩‍🚀 Zoë", "\u{202e}שלום\u{200f} \u{200b}x", "&amp;&#0;", " edge ", &long]
        .map(str::to_owned)
        .into()
}

/// As the vendor would write it.
fn escaped(name: &str) -> String {
    name.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
        .replace('>', "&gt;")
        .replace('\'', "&apos;")
}

#[tokio::test]
async fn every_name_goes_out_and_comes_back_as_it_is() {
    for name in hard() {
        let written = escaped(&name);
        let raw = said(&format!("<group id=\"{GROUP}\" name=\"{written}\"/>")).await;
        let Made::Group(made) = changer(&raw).create_group(&local(&name)).await.unwrap() else {
            panic!("{name}")
        };
        assert_eq!(made.name, name);
        let renamed = LocalGroupUpdate { name: Some(name.clone()), ..LocalGroupUpdate::default() };
        changer(&raw).update_group(&group(), &GroupUpdate::Local(renamed)).await.unwrap();
        for (_, body) in raw.asked() {
            assert_eq!(body, format!("<tsRequest><group name=\"{written}\"/></tsRequest>"));
        }
    }
}

#[tokio::test]
async fn what_xml_cannot_carry_is_never_sent() {
    let raw: Raw = said("").await;
    let api = changer(&raw);
    for bad in ["a\0b", "a\u{b}", "\u{1b}[31m", "a\nb", "a\tb", "a\u{ffff}", "a\u{85}"] {
        let name = bad.to_owned();
        let outcomes = [
            api.create_group(&local(bad)).await.map(drop),
            api.create_group_set(bad).await.map(drop),
            api.update_group_set(&set(), bad).await.map(drop),
            api.add_user(&NewSiteUser { name, ..somebody() }).await.map(drop),
            api.switch_site(bad).await.map(drop),
        ];
        for outcome in outcomes {
            let error = outcome.unwrap_err();
            assert!(matches!(error, Error::Unfit { source: Unfit::Character }), "{bad:?}: {error:?}");
            assert_eq!(error.fate(), Fate::NotSent);
        }
    }
    assert!(raw.heard().is_empty());
}

#[test]
fn a_filter_refuses_what_the_vendor_cannot_take() {
    for value in ["a&b", "a,b", "a\rb"] {
        let error = Filter::default().and(GroupField::Name, Operator::Eq, value).unwrap_err();
        assert!(matches!(error, Error::Unfit { source: Unfit::FilterValue }), "{value}");
    }
    assert!(Filter::default().and(GroupField::Name, Operator::Eq, "a+b \"c\" <d>").is_ok());
}

#[tokio::test]
async fn a_name_is_read_with_references_of_every_kind() {
    let inside = format!("<user id=\"{}\" name=\"&#x41;&#110;n &lt;&quot;&apos;&gt;&amp;\"/>", super::USER);
    let raw = said(&inside).await;
    assert_eq!(changer(&raw).user(&user()).await.unwrap().unwrap().name, "Ann <\"'>&");
}
