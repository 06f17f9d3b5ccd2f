//! Sets of groups.

use model::{
    GroupId, GroupSetId, PageRequest,
    groups::{GroupInSet, GroupSet},
};
use serde::Deserialize;

use super::{
    SiteApi,
    filter::GroupSetField,
    loose,
    pages::{self, Listed, Listing, PaginationWire, SitePage},
    table::SiteOperation,
    write::Element,
};
use crate::{Change, Error, Result, VendorWords};

/// The vendor's code for a set that is not there. When one is created or renamed it means a taken name instead.
const NO_SUCH_SET: &str = "409120";
/// The vendor's code for an address that it does not know.
const NO_SUCH_ADDRESS: &str = "404003";

/// Whether a list of sets names their groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SetDetail {
    /// As the vendor likes.
    #[default]
    Unsaid,
    /// With their groups.
    Members,
    /// Without.
    Local,
}

impl<Access> SiteApi<Access> {
    /// One page of the site's group sets.
    ///
    /// Vendor: Tableau REST API, Users and Groups Methods, "List Group Sets". Its way to ask for groups is garbled on
    /// the page; this is the one of the vendor's own client.
    pub async fn group_sets(
        &self,
        page: PageRequest,
        listing: &Listing<GroupSetField>,
        detail: SetDetail,
    ) -> Result<SitePage<GroupSet>> {
        let ask = self.ask(SiteOperation::SetList)?;
        let ask = match detail {
            SetDetail::Unsaid => ask,
            SetDetail::Members => ask.query("resultlevel", "members"),
            SetDetail::Local => ask.query("resultlevel", "local"),
        };
        let wire: PageWire = ask.listing(listing).page(page)?.read().await?;
        let sets = wire.sets.set.into_iter().map(|set| set.read(None)).collect::<Result<_>>()?;
        Ok(wire.pagination.page(sets, page))
    }

    /// All of the site's group sets that fit.
    pub async fn all_group_sets(
        &self,
        listing: &Listing<GroupSetField>,
        detail: SetDetail,
    ) -> Result<Listed<GroupSet>> {
        pages::all(|page| self.group_sets(page, listing, detail), |set| set.id).await
    }

    /// One group set with its groups; `None` when the vendor says that there is none with this id. Its name may be
    /// missing in the answer.
    ///
    /// Vendor: Users and Groups Methods, "Get Group Set".
    pub async fn group_set(&self, set: &GroupSetId) -> Result<Option<GroupSet>> {
        let ask = self.ask(SiteOperation::SetGet)?.of("groupSetId", set);
        ask.find::<OneWire>(&[NO_SUCH_SET]).await?.map(|wire| wire.set.read(Some(*set))).transpose()
    }
}

impl SiteApi<Change> {
    /// Creates an empty group set.
    ///
    /// Vendor: Users and Groups Methods, "Create Group Set".
    pub async fn create_group_set(&self, name: &str) -> Result<GroupSet> {
        let ask = self.ask(SiteOperation::SetCreate)?.carrying([named(name)])?;
        ask.change::<OneWire>().await?.set.read(None)
    }

    /// Renames a group set.
    ///
    /// The vendor's page prints another address than its clients use. Theirs is taken first; where it is unknown, the
    /// printed one is tried once. To rename twice does no more than to rename once, so this is the only change that
    /// may go out a second time.
    ///
    /// Vendor: Users and Groups Methods, "Update Group Set".
    pub async fn update_group_set(&self, set: &GroupSetId, name: &str) -> Result<GroupSet> {
        match self.rename(SiteOperation::SetUpdate, set, name).await {
            Err(error) if is_unknown_address(&error) => {
                match self.rename(SiteOperation::SetUpdateAsPrinted, set, name).await {
                    Err(other) if is_unknown_address(&other) => Err(error),
                    outcome => outcome,
                }
            }
            outcome => outcome,
        }
    }

    async fn rename(&self, operation: SiteOperation, set: &GroupSetId, name: &str) -> Result<GroupSet> {
        let ask = self.ask(operation)?.of("groupSetId", set).carrying([named(name)])?;
        ask.change::<OneWire>().await?.set.read(Some(*set))
    }

    /// Deletes a group set. Its groups and their people stay; what they may do through it ends.
    ///
    /// Vendor: Users and Groups Methods, "Delete Group Set".
    pub async fn delete_group_set(&self, set: &GroupSetId) -> Result<()> {
        self.ask(SiteOperation::SetDelete)?.of("groupSetId", set).done().await
    }

    /// Puts a group into a set.
    ///
    /// Vendor: Users and Groups Methods, "Add Group to Group Set".
    pub async fn add_group_to_set(&self, set: &GroupSetId, group: &GroupId) -> Result<()> {
        self.ask(SiteOperation::SetAdd)?.of("groupSetId", set).of("groupId", group).done().await
    }

    /// Takes a group out of a set. The vendor's page does not tell how success looks; any will do.
    ///
    /// Vendor: Users and Groups Methods, "Remove Group from Group Set".
    pub async fn remove_group_from_set(&self, set: &GroupSetId, group: &GroupId) -> Result<()> {
        self.ask(SiteOperation::SetRemove)?.of("groupSetId", set).of("groupId", group).done().await
    }
}

fn named(name: &str) -> Element {
    Element::new("groupSet").with("name", name)
}

/// A 404 that is about the address: without the vendor's words, or with its code for an unknown address.
fn is_unknown_address(error: &Error) -> bool {
    matches!(error, Error::NotFound { words }
        if words.as_deref().is_none_or(|words| VendorWords::code(words) == Some(NO_SUCH_ADDRESS)))
}

#[derive(Deserialize)]
struct PageWire {
    #[serde(default)]
    pagination: PaginationWire,
    #[serde(rename = "groupSets", default)]
    sets: SetsWire,
}

#[derive(Default, Deserialize)]
struct SetsWire {
    #[serde(rename = "groupSet", default)]
    set: Vec<SetWire>,
}

#[derive(Deserialize)]
struct OneWire {
    #[serde(rename = "groupSet")]
    set: SetWire,
}

#[derive(Deserialize)]
struct SetWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "@name", default)]
    name: String,
    #[serde(rename = "@groupCount")]
    count: Option<String>,
    #[serde(default)]
    group: Vec<MemberWire>,
}

#[derive(Deserialize)]
struct MemberWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "@name", default)]
    name: String,
}

impl SetWire {
    fn read(self, asked: Option<GroupSetId>) -> Result<GroupSet> {
        let id = match (self.id.as_deref(), asked) {
            (None, Some(asked)) => asked,
            (told, _) => loose::id(told)?,
        };
        let member = |wire: MemberWire| {
            Ok::<_, Error>(GroupInSet { id: loose::id(wire.id.as_deref())?, name: wire.name })
        };
        Ok(GroupSet {
            id,
            name: self.name,
            group_count: loose::number(self.count.as_deref()),
            groups: self.group.into_iter().map(member).collect::<Result<_>>()?,
        })
    }
}
