//! Groups of one site, and sets of groups.

use serde::{Deserialize, Serialize};

use crate::{GroupId, GroupSetId, roles::SiteRole};

/// The group that holds everybody of a site. It cannot be renamed or deleted, and its people not be taken out.
const ALL_USERS: &str = "All Users";
/// The domain of groups made on the site itself.
const LOCAL: &str = "local";

/// When a group gives its people a licence. The vendor's list is open: an unknown word is kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum GrantMode {
    /// When they sign in.
    OnLogin,
    /// When the group is synchronised with Active Directory.
    OnSync,
    /// Another word of the vendor's.
    Other(String),
}

impl GrantMode {
    /// The vendor's word on the wire.
    pub fn code(&self) -> &str {
        match self {
            Self::OnLogin => "onLogin",
            Self::OnSync => "onSync",
            Self::Other(word) => word,
        }
    }

    /// The mode in plain words.
    pub fn words(&self) -> &str {
        match self {
            Self::OnLogin => "When they sign in",
            Self::OnSync => "When the group is synchronised",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for GrantMode {
    fn from(word: String) -> Self {
        match word.as_str() {
            "onLogin" => Self::OnLogin,
            "onSync" => Self::OnSync,
            _ => Self::Other(word),
        }
    }
}

impl From<GrantMode> for String {
    fn from(mode: GrantMode) -> Self {
        mode.code().to_owned()
    }
}

/// A group of one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id on this site.
    pub id: GroupId,
    /// Its name; capitals make no difference to the vendor.
    pub name: String,
    /// The domain it comes from; `local` for groups made on the site.
    pub domain: Option<String>,
    /// The role that its people have at least; `None` where the group raises nobody.
    pub minimum_role: Option<SiteRole>,
    /// When its people get a licence for that role.
    pub grant: Option<GrantMode>,
    /// Whether people who are not on the site may see embedded content through it.
    pub on_demand: Option<bool>,
    /// How many people it holds, where that was asked for.
    pub user_count: Option<u32>,
    /// Whether it may hold people from outside.
    pub external_users: Option<bool>,
}

impl Group {
    /// Whether it is the site's own group of everybody.
    pub fn is_all_users(&self) -> bool {
        self.name == ALL_USERS && self.is_local()
    }

    /// Whether it was made on the site. A group whose domain the vendor does not tell counts as such.
    pub fn is_local(&self) -> bool {
        self.domain.as_deref().is_none_or(|domain| domain.eq_ignore_ascii_case(LOCAL))
    }

    /// Whether membership gives a licence, so that adding somebody to it is a matter of rights.
    pub fn grants_licences(&self) -> bool {
        self.grant.is_some() || self.minimum_role.is_some()
    }
}

/// A set of groups of one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSet {
    /// Its id on this site.
    pub id: GroupSetId,
    /// Its name; empty where the vendor leaves it out, as it does when one set is asked for.
    pub name: String,
    /// How many groups the vendor says it holds.
    pub group_count: Option<u32>,
    /// The groups that the answer names.
    pub groups: Vec<GroupInSet>,
}

impl GroupSet {
    /// How many groups it holds: the vendor's figure may be missing, and the list may be too.
    pub fn size(&self) -> usize {
        self.groups.len().max(self.group_count.unwrap_or(0) as usize)
    }
}

/// A group as a set names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupInSet {
    /// Its id on this site.
    pub id: GroupId,
    /// Its name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str, domain: Option<&str>) -> Group {
        Group {
            id: GroupId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap(),
            name: name.to_owned(),
            domain: domain.map(str::to_owned),
            minimum_role: None,
            grant: None,
            on_demand: None,
            user_count: None,
            external_users: None,
        }
    }

    #[test]
    fn a_group_of_a_directory_is_not_the_sites_own() {
        assert!(group("All Users", Some("local")).is_all_users() && group("All Users", None).is_all_users());
        assert!(!group("All Users", Some("example.com")).is_all_users());
        assert!(!group("all users", Some("local")).is_all_users());
        assert!(!group("Sales", Some("example.com")).is_local());
    }

    #[test]
    fn a_minimum_role_or_a_mode_gives_licences() {
        let plain = group("Sales", None);
        assert!(!plain.grants_licences());
        assert!(Group { minimum_role: Some(SiteRole::Viewer), ..plain.clone() }.grants_licences());
        assert!(Group { grant: Some(GrantMode::OnLogin), ..plain }.grants_licences());
    }

    #[test]
    fn every_mode_keeps_its_word() {
        for word in ["onLogin", "onSync", "onMonday"] {
            assert_eq!(GrantMode::from(word.to_owned()).code(), word);
        }
    }

    #[test]
    fn a_set_is_as_large_as_the_larger_figure() {
        let id = GroupSetId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap();
        let member = GroupInSet { id: GroupId::from(id.uuid()), name: String::new() };
        let set = GroupSet { id, name: String::new(), group_count: Some(3), groups: vec![member] };
        assert_eq!(set.size(), 3);
        assert_eq!(GroupSet { group_count: None, ..set }.size(), 1);
    }
}
