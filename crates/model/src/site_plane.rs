//! What the pages of a site's own API ask for and show.

use serde::{Deserialize, Serialize};

use crate::{
    ActId, Direction, GroupSetId, Moment, Page, PageRequest, Problem, SiteId, UserId,
    groups::{Group, GroupSet},
    licences::Tier,
    roles::SiteRole,
    site_connections::Standing,
    site_jobs::SiteJob,
    site_users::SiteUser,
};

/// The site at the head of a page, and by whose connection it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteHead {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Who the connection belongs to, on the site.
    pub who: String,
    /// How the connection stands.
    pub standing: Standing,
    /// Whether the connection's person administers the site: without that Tableau refuses most of it.
    pub administers: bool,
}

/// How a list of a site is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaneQuery {
    /// Part of a name.
    pub search: String,
    /// A word of the list's own choice: a role, a kind of group, a state.
    pub only: String,
    /// A way to sign in, in the vendor's word; of users alone.
    pub sign_in: String,
    /// Of users: `never`, or so many days since the last sign-in at least, those who never signed in among them. Of jobs:
    /// so many days at most since they were made.
    pub last: String,
    /// In which order.
    pub sort: PlaneSort,
    /// Which way round.
    pub direction: Direction,
    /// Which page.
    pub page: PageRequest,
}

impl PlaneQuery {
    /// The days that `last` names; `None` where it names none.
    pub fn days(&self) -> Option<i64> {
        self.last.parse().ok().filter(|days| (1..=3650).contains(days))
    }

    /// Whether it leaves rows out.
    pub fn narrows(&self) -> bool {
        [&self.search, &self.only, &self.sign_in, &self.last].iter().any(|word| !word.is_empty())
    }
}

/// In which order a list of a site is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaneSort {
    /// By name.
    #[default]
    Name,
    /// By the role of a user, or by the least role that a group gives.
    Role,
    /// By the last sign-in.
    Last,
    /// By the number of members.
    Members,
}

impl PlaneSort {
    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Role => "role",
            Self::Last => "last",
            Self::Members => "members",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Name, Self::Role, Self::Last, Self::Members].into_iter().find(|sort| sort.word() == word)
    }
}

/// One page of a list of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaneList<Row> {
    /// The site.
    pub head: SiteHead,
    /// The rows, and the age of the data.
    pub page: Page<Row>,
    /// The words that `only` may be, with how many rows each has: value, words, rows.
    pub choices: Vec<(String, String, u64)>,
    /// Why it is not newer, when asking again failed.
    pub stale: Option<Problem>,
    /// Whether the whole list is still being read: these rows are the site's own answer to just this question.
    pub being_read: bool,
}

/// One group with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSheet {
    /// The site.
    pub head: SiteHead,
    /// The group.
    pub group: Group,
    /// Why nobody may change its members or its name here; `None` where people may.
    pub locked: Option<GroupLock>,
    /// Whether it comes from a directory that the site's Tableau Server can be asked to read again.
    pub can_follow: bool,
    /// Its members.
    pub members: Page<SiteUser>,
    /// What each minimum role would do to its members.
    pub raises: Vec<Raise>,
    /// The group sets that hold it; `None` where the site does not tell.
    pub sets: Option<Vec<(GroupSetId, String)>>,
    /// The act that a form on the page becomes.
    pub ticket: ActId,
}

/// What a minimum role would do to the members of a group, at their next sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raise {
    /// The minimum role.
    pub role: SiteRole,
    /// Members whose role is lower now.
    pub people: u64,
    /// How many of them would take a seat of another tier than now; an upper bound, because they may have that seat by
    /// another site already.
    pub seats: u64,
}

impl Raise {
    /// What a minimum role would do to these members.
    pub fn of(role: SiteRole, members: &[SiteUser]) -> Self {
        let lower = members.iter().filter(|user| user.site_role.rank() < role.rank());
        let (mut people, mut seats) = (0, 0);
        for user in lower {
            people += 1;
            seats += u64::from(user.site_role.tier() != role.tier());
        }
        Self { role, people, seats }
    }
}

/// What the form for a new group shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGroupSheet {
    /// The site.
    pub head: SiteHead,
    /// Whether the site is one of a Tableau Server, which may have a directory.
    pub on_server: bool,
    /// The act that a form on the page becomes.
    pub ticket: ActId,
}

/// Why a group is not for people to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupLock {
    /// It holds everybody of the site by itself.
    AllUsers,
    /// A directory outside of Tableau decides who is in it.
    Directory,
}

impl GroupLock {
    /// The lock of a group, if it has one.
    pub fn of(group: &Group) -> Option<Self> {
        match group {
            group if group.is_all_users() => Some(Self::AllUsers),
            group if !group.is_local() => Some(Self::Directory),
            _ => None,
        }
    }

    /// Why, in one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::AllUsers => {
                "This group holds everybody of the site by itself: Tableau lets nobody rename, delete or fill it."
            }
            Self::Directory => {
                "This group comes from a directory outside of Tableau, which decides who is in it."
            }
        }
    }
}

/// One person of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteUserSheet {
    /// The site.
    pub head: SiteHead,
    /// The person.
    pub user: SiteUser,
    /// Their groups.
    pub groups: Vec<Group>,
    /// The same person in the tenant, where Steward knows them.
    pub in_tenant: Option<UserId>,
    /// Whether the connection is theirs: Tableau lets nobody change themselves.
    pub is_connection: bool,
    /// The tiers of which the site has no seat left, by its role limits.
    pub full: Vec<Tier>,
    /// When it was read.
    pub as_of: Moment,
}

/// One group set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSetSheet {
    /// The site.
    pub head: SiteHead,
    /// The set with the groups in it.
    pub set: GroupSet,
    /// Groups of the site that are not in it.
    pub others: Vec<Group>,
    /// Who is in every group of the set, and so covered by it; with how many there are.
    pub covered: Result<Vec<SiteUser>, Problem>,
    /// The act that a form on the page becomes.
    pub ticket: ActId,
    /// When it was read.
    pub as_of: Moment,
}

/// One job of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteJobSheet {
    /// The site.
    pub head: SiteHead,
    /// The job.
    pub job: SiteJob,
    /// The act that the form on the page becomes.
    pub ticket: ActId,
    /// When it was read.
    pub as_of: Moment,
}

/// The step of a move of saved credentials that takes them out of one site, as a problem names it.
pub const RETRIEVE: &str = "retrieve";
/// The step that brings them into the other.
pub const UPLOAD: &str = "upload";

/// To which sites the saved credentials of a person can be moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveSheet {
    /// The site they come from.
    pub head: SiteHead,
    /// The person.
    pub user: SiteUser,
    /// The other connected sites.
    pub targets: Vec<MoveTarget>,
    /// The one that was chosen.
    pub to: Option<SiteId>,
    /// The act that the form becomes.
    pub ticket: ActId,
    /// When it was read.
    pub as_of: Moment,
}

/// A connected site that saved credentials may go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveTarget {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Whether the same person is there.
    pub there: Result<bool, Problem>,
}

/// A person's groups on one of the connected sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsOnSite {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Their groups there; `None` while the site is not connected.
    pub groups: Option<Result<Vec<Group>, Problem>>,
}
