//! What the helpers of the small world hold.

use std::collections::BTreeSet;

use model::{
    Grant, Moment, Permission, SiteId,
    delegation::{
        Ceiling, Conditions, Delegation, Groups, Held, Limits, People, Planes, Scope, Sites, Standing,
        Template,
    },
};
use uuid::Uuid;

use crate::world::{SITES, group, site};

pub struct Grants {
    pub name: &'static str,
    pub grants: Vec<Grant>,
    /// The highest role that a grant of this set gives on each site; `None` where none counts.
    pub ceiling: [Option<Ceiling>; SITES],
    /// The highest role of those whom it touches, on every site.
    pub touches: Ceiling,
}

fn held(verbs: BTreeSet<Permission>, scope: Scope, ceiling: Ceiling) -> Held {
    let delegation = Delegation {
        id: Uuid::from_u128(1).into(),
        name: "Test".to_owned(),
        account: Uuid::from_u128(2),
        verbs,
        scope,
        ceiling,
        touches: None,
        limits: Limits::default(),
        conditions: Conditions::default(),
        marks: BTreeSet::new(),
        from: Moment::from_seconds(0),
        until: Moment::from_seconds(1_000),
        eligible: false,
        by: "Olga".to_owned(),
        revoked: None,
    };
    let planes = Planes { tenant: true, sites: (0..SITES).map(site).collect() };
    Held { delegation, standing: Standing::Active, active_until: None, planes }
}

/// A desk that takes licences, and gives none.
fn leavers(scope: Scope) -> Held {
    let template = Template::LeaverDesk;
    let mut held = held(template.verbs(), scope, template.ceiling());
    held.delegation.touches = Some(template.touches());
    held
}

fn domain() -> People {
    People::Those {
        groups: BTreeSet::new(),
        domains: BTreeSet::from(["example.com".to_owned()]),
        named: BTreeSet::new(),
    }
}

fn on(sites: &[usize], people: People, groups: Groups) -> Scope {
    let sites: BTreeSet<SiteId> = sites.iter().map(|at| site(*at)).collect();
    Scope { sites: Sites::These(sites), people, groups }
}

pub fn grants() -> Vec<Grants> {
    let one = |held: Held| vec![Grant::Delegated(Box::new(held))];
    let by = |template: Template, scope, ceiling| one(held(template.verbs(), scope, ceiling));
    let everything = || Permission::ALL.iter().copied().collect::<BTreeSet<_>>();
    let first_group = || Groups::These(BTreeSet::from([(site(0), group(0)), (site(1), group(2))]));
    let members = || People::Those {
        groups: BTreeSet::from([(site(0), group(1))]),
        domains: BTreeSet::new(),
        named: BTreeSet::from(["ada@example.com".to_owned()]),
    };
    let two = [Some(Ceiling::Viewer), Some(Ceiling::Viewer), None];
    vec![
        Grants {
            name: "first line",
            grants: by(Template::FirstLine, on(&[0, 1], domain(), first_group()), Ceiling::Viewer),
            ceiling: two,
            touches: Ceiling::Viewer,
        },
        Grants {
            name: "group steward",
            grants: by(Template::GroupSteward, on(&[0], domain(), first_group()), Ceiling::Viewer),
            ceiling: [Some(Ceiling::Viewer), None, None],
            touches: Ceiling::Viewer,
        },
        Grants {
            name: "leaver desk",
            grants: one(leavers(on(&[0, 1], domain(), first_group()))),
            ceiling: [Some(Ceiling::Unlicensed), Some(Ceiling::Unlicensed), None],
            touches: Ceiling::Creator,
        },
        Grants {
            name: "site steward for a domain",
            grants: by(Template::SiteSteward, on(&[0, 1], domain(), Groups::All), Ceiling::Viewer),
            ceiling: two,
            touches: Ceiling::Viewer,
        },
        Grants {
            name: "site steward for everybody",
            grants: by(Template::SiteSteward, on(&[0], People::Everybody, Groups::All), Ceiling::Explorer),
            ceiling: [Some(Ceiling::Explorer), None, None],
            touches: Ceiling::Explorer,
        },
        Grants {
            name: "every verb for the members of a group",
            grants: one(held(everything(), on(&[0, 1], members(), Groups::All), Ceiling::Viewer)),
            ceiling: two,
            touches: Ceiling::Viewer,
        },
        Grants {
            name: "two grants that must not add up",
            grants: [
                held(BTreeSet::from([Permission::SeePeople]), all_sites(), Ceiling::Creator),
                held(everything(), on(&[0], domain(), first_group()), Ceiling::Viewer),
            ]
            .map(|held| Grant::Delegated(Box::new(held)))
            .into(),
            ceiling: [Some(Ceiling::Viewer), None, None],
            touches: Ceiling::Viewer,
        },
    ]
}

fn all_sites() -> Scope {
    Scope { sites: Sites::All, people: People::Everybody, groups: Groups::All }
}
