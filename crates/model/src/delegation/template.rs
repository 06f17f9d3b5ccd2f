//! Ready-made grants. A template fills the editor; what is kept is the grant, which no later change of a template touches.

use std::collections::BTreeSet;

use super::{Ceiling, Conditions, Limits, Mark};
use crate::Permission;

/// A ready-made grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Template {
    /// Looks, and changes nothing.
    Viewer,
    /// Helps with languages and sign-in, and gives licences up to Viewer.
    FirstLine,
    /// Keeps the members of some groups.
    GroupSteward,
    /// Gives roles up to Explorer, and takes licences back.
    LicenceDesk,
    /// Takes licences from those who leave; what goes further waits for somebody else.
    LeaverDesk,
    /// Everything on some sites but administrators and suspending them.
    SiteSteward,
    /// Reads the audit log, and nothing else.
    Auditor,
}

impl Template {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::Viewer,
        Self::FirstLine,
        Self::GroupSteward,
        Self::LicenceDesk,
        Self::LeaverDesk,
        Self::SiteSteward,
        Self::Auditor,
    ];

    /// The word in URLs.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.word() == word)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "Viewer",
            Self::FirstLine => "First line",
            Self::GroupSteward => "Group steward",
            Self::LicenceDesk => "Licence desk",
            Self::LeaverDesk => "Leaver desk",
            Self::SiteSteward => "Site steward",
            Self::Auditor => "Auditor",
        }
    }

    /// Whom it is for, in one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Viewer => "Looks at people, groups and sites, and changes nothing.",
            Self::FirstLine => "Helps with languages and sign-in, and gives licences up to Viewer.",
            Self::GroupSteward => "Puts people into some groups and takes them out.",
            Self::LicenceDesk => "Gives roles up to Explorer, and takes licences back.",
            Self::LeaverDesk => {
                "Takes licences from those who leave. Removing them and handing over content is approved first."
            }
            Self::SiteSteward => {
                "Does everything on some sites, but for administrators and suspending the site."
            }
            Self::Auditor => "Reads the audit log, and nothing else.",
        }
    }

    /// What may be done.
    pub fn verbs(self) -> BTreeSet<Permission> {
        use Permission as P;
        let looking = [P::SeeSites, P::SeePeople, P::SeeGroups];
        let planning = [P::PlanPeople, P::SeeOwnRuns];
        let own: &[Permission] = match self {
            Self::Auditor => return BTreeSet::from([P::SeeAudit]),
            Self::Viewer => return looking.into_iter().collect(),
            Self::FirstLine => &[P::ChangeDetails, P::ChangeSignIn, P::ChangeRoles],
            Self::GroupSteward => &[P::AddMembers, P::RemoveMembers],
            Self::LicenceDesk => &[P::ChangeRoles, P::ImportFiles, P::ExportLists],
            Self::LeaverDesk => {
                &[P::ChangeRoles, P::RemoveFromSites, P::DeletePeople, P::HandOverContent, P::ImportFiles]
            }
            Self::SiteSteward => &[
                P::CreatePeople,
                P::ChangeRoles,
                P::ChangeSignIn,
                P::ChangeDetails,
                P::RemoveFromSites,
                P::HandOverContent,
                P::AddMembers,
                P::RemoveMembers,
                P::CreateGroups,
                P::ChangeGroups,
                P::ChangeGroupPolicy,
                P::DeleteGroups,
                P::ChangeGroupSets,
                P::CancelJobs,
                P::ImportFiles,
                P::ExportLists,
                P::SeeJobs,
            ],
        };
        looking.into_iter().chain(planning).chain(own.iter().copied()).collect()
    }

    /// The highest role that it gives.
    pub fn ceiling(self) -> Ceiling {
        match self {
            // Whoever leaves gets no licence, and a desk for leavers raises nobody.
            Self::Viewer | Self::Auditor | Self::LeaverDesk => Ceiling::Unlicensed,
            Self::FirstLine => Ceiling::Viewer,
            Self::LicenceDesk => Ceiling::Explorer,
            Self::GroupSteward | Self::SiteSteward => Ceiling::Creator,
        }
    }

    /// The highest role that somebody may have for it to touch them.
    pub fn touches(self) -> Ceiling {
        match self {
            Self::LeaverDesk => Ceiling::Creator,
            _ => self.ceiling(),
        }
    }

    /// How much.
    pub fn limits(self) -> Limits {
        let of = |plan, hour, seats| Limits {
            rows_in_plan: Some(plan),
            rows_in_hour: Some(hour),
            seats_in_plan: Some(seats),
        };
        match self {
            Self::Viewer | Self::Auditor => Limits::default(),
            Self::FirstLine => of(5, 60, 5),
            Self::GroupSteward => of(200, 1_000, 25),
            Self::LicenceDesk => of(100, 500, 25),
            Self::LeaverDesk => of(100, 500, 0),
            Self::SiteSteward => of(1_000, 5_000, 100),
        }
    }

    /// What else is asked for.
    pub fn conditions(self) -> Conditions {
        Conditions { reason: self == Self::LeaverDesk, ..Conditions::default() }
    }

    /// What waits for somebody else.
    pub fn marks(self) -> BTreeSet<Mark> {
        match self {
            Self::Viewer | Self::Auditor => BTreeSet::new(),
            Self::LeaverDesk => BTreeSet::from([Mark::ManyPeople, Mark::Removal]),
            Self::FirstLine | Self::GroupSteward | Self::LicenceDesk | Self::SiteSteward => {
                BTreeSet::from([Mark::ManyPeople])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_template_holds_what_no_grant_can() {
        for template in Template::ALL {
            assert!(template.verbs().into_iter().all(Permission::is_grantable), "{template:?}");
            assert_eq!(Template::parse(&template.word()), Some(template));
        }
    }

    #[test]
    fn a_desk_for_leavers_gives_nothing_and_touches_everybody_who_is_no_administrator() {
        let desk = Template::LeaverDesk;
        assert_eq!((desk.ceiling(), desk.touches()), (Ceiling::Unlicensed, Ceiling::Creator));
        for template in Template::ALL.into_iter().filter(|template| *template != desk) {
            assert_eq!(template.touches(), template.ceiling(), "{template:?}");
        }
    }

    #[test]
    fn an_auditor_reads_the_audit_log_and_nothing_else() {
        assert_eq!(Template::Auditor.verbs(), BTreeSet::from([Permission::SeeAudit]));
    }
}
