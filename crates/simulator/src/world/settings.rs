//! What tests and demos set: how jobs go, what the tenant has bought, and which Tableau this pretends to be.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use time::Duration;
use uuid::Uuid;

use super::directory::DirectoryGroup;
use super::licences::Count;

/// How many licences the tenant has bought. The vendor's API never tells these numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Purchased {
    /// Creator licences.
    pub creator: u32,
    /// Explorer licences.
    pub explorer: u32,
    /// Viewer licences.
    pub viewer: u32,
}

/// How a job ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JobFate {
    /// It carries out every row and says `SUCCESSFUL`, whatever became of the rows.
    #[default]
    Ends,
    /// It stays `NEW` and carries out nothing.
    NeverStarts,
    /// It carries out the first half of its rows and stays `IN_PROGRESS`.
    NeverEnds,
    /// It carries out some rows and then says `FAILED`.
    Fails {
        /// How many rows are carried out first.
        #[serde(default)]
        after: usize,
        /// The code of the other rows; without one nothing is told of them.
        #[serde(default)]
        code: Option<String>,
    },
    /// It is carried out, but whoever asks for it hears 404.
    Forgotten,
}

/// Under which key a page of people names the next one; public clients have seen both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NextToken {
    /// `nextPageToken`.
    #[default]
    NextPageToken,
    /// `pageToken`.
    PageToken,
}

/// Which Tableau the site API pretends to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deployment {
    /// Tableau Cloud.
    #[default]
    Cloud,
    /// Tableau Server; with a group in `World::add_directory_group` it signs people in by Active Directory.
    Server,
}

/// The newest version of the site API that is spoken unless something else is set.
pub(crate) const NEWEST_SITE_API: (u32, u32) = (3, 27);

/// Everything that is set from outside.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) deployment: Deployment,
    /// The newest version of the site API.
    pub(crate) site_api: (u32, u32),
    /// How long what is new stays out of the site API's lists.
    pub(crate) index_lag: Duration,
    pub(crate) directory: Vec<DirectoryGroup>,
    pub(crate) purchased: Purchased,
    /// How long a job takes before its rows are counted.
    pub(crate) job_takes: Duration,
    /// What each row adds.
    pub(crate) row_takes: Duration,
    /// The fate of jobs that are ordered from now on.
    pub(crate) fate: JobFate,
    pub(crate) next_token: NextToken,
    /// How many sites the tenant may have. The vendor's own numbers are 3, 10 or 50, by edition.
    pub(crate) most_sites: usize,
    /// Where every new site is made, whatever was asked for.
    pub(crate) sites_made_in: Option<Uuid>,
    /// How long an event takes to be in the activity log. The vendor says about two hours; a demo does not wait.
    pub(crate) log_delay: Duration,
    /// Whether a change of how people sign in to the tenant revokes every token, as the vendor's help says.
    pub(crate) sign_on_revokes: bool,
    /// Rows about these user names fail with these codes.
    pub(crate) refused_rows: HashMap<String, String>,
}

impl Settings {
    pub(super) fn of(used: &Count, sites: usize) -> Self {
        Self {
            deployment: Deployment::default(),
            site_api: NEWEST_SITE_API,
            index_lag: Duration::ZERO,
            directory: Vec::new(),
            purchased: Purchased::with_room(used),
            job_takes: Duration::SECOND,
            row_takes: Duration::milliseconds(2),
            fate: JobFate::default(),
            next_token: NextToken::default(),
            most_sites: (sites + 5).max(50),
            sites_made_in: None,
            log_delay: Duration::ZERO,
            sign_on_revokes: false,
            refused_rows: HashMap::new(),
        }
    }
}

impl Purchased {
    /// A fifth more than is in use, and some: a demo shall not run dry.
    fn with_room(used: &Count) -> Self {
        let roomy = |used: u32| used + used / 5 + 50;
        Self { creator: roomy(used.creators), explorer: roomy(used.explorers), viewer: roomy(used.viewers) }
    }
}
