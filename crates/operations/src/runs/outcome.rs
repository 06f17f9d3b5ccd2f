//! What became of a row: what the job said about it, and what reading back shows. The latter decides.

use std::collections::HashMap;

use model::{
    ProblemCode, UserId,
    codes::{self, Tone},
    jobs::{JobItem, JobStatus},
    people::Person,
    plan::Wish,
    runs::{RowState, RunRow},
};
use store::RowEnd;

use crate::caller::clock;

/// What is known of a call once nothing more is to be waited for.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    /// What the job says about each person, by the name they sign in with.
    items: HashMap<String, Vec<JobItem>>,
    end: End,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The job is over.
    Over,
    /// Accepted, and no job was named.
    #[default]
    WithoutJob,
    /// Tableau refused the whole call.
    Refused(ProblemCode),
    /// The answer was lost, or the job could not be watched to its end.
    Unknown(ProblemCode),
}

impl Watched {
    pub(super) fn over(status: &JobStatus, items: Vec<JobItem>) -> Self {
        let mut by_name: HashMap<String, Vec<JobItem>> = HashMap::new();
        for item in items {
            let name = item.user_name.clone().unwrap_or_default().to_lowercase();
            by_name.entry(name).or_default().push(item);
        }
        debug_assert!(status.is_over(), "only a job that is over is judged");
        Self { items: by_name, end: End::Over }
    }

    pub(super) fn without_job() -> Self {
        Self::default()
    }

    pub(super) fn refused(code: ProblemCode) -> Self {
        Self { end: End::Refused(code), ..Self::default() }
    }

    pub(super) fn lost() -> Self {
        Self { end: End::Unknown(ProblemCode::FateUnknown), ..Self::default() }
    }

    pub(super) fn unknown(code: ProblemCode) -> Self {
        Self { end: End::Unknown(code), ..Self::default() }
    }

    /// The ids that the job tells of people who had none before.
    pub(super) fn ids(&self) -> HashMap<String, UserId> {
        let with_id = |(name, items): (&String, &Vec<JobItem>)| {
            items.iter().find_map(|item| item.user).map(|id| (name.clone(), id))
        };
        self.items.iter().filter_map(with_id).collect()
    }

    /// What the job says about a row; of several, the worst.
    fn item(&self, row: &RunRow) -> Option<&JobItem> {
        let items = self.items.get(&row.user_name.to_lowercase())?;
        let site = row.wish.site().map(ToString::to_string);
        let fits = |item: &&JobItem| match (&site, &item.site) {
            (Some(wanted), Some(told)) => wanted == told,
            // A person's own row and a row of a site are two things; deleting is about all of them.
            (None, Some(_)) => row.wish == Wish::Delete,
            (_, None) => true,
        };
        items.iter().filter(fits).max_by_key(|item| weight(item))
    }

    /// Whether the row is said to be done as asked, or may be done for all we know: then reading back may lag behind.
    pub(super) fn may_lag(&self, row: &RunRow) -> bool {
        match self.end {
            End::Refused(_) => false,
            End::WithoutJob | End::Unknown(_) => true,
            End::Over => self.item(row).is_some_and(|item| weight(item) == 0),
        }
    }
}

/// How bad a row of a job is: 0 for done as asked, 2 for failed.
fn weight(item: &JobItem) -> u8 {
    let tone = item.code.as_deref().and_then(codes::explain_manager).map(|said| said.tone);
    match (item.has_failed(), tone) {
        (true, _) => 2,
        (false, Some(Tone::Warning | Tone::Bad)) => 1,
        (false, _) => 0,
    }
}

/// How a row ends.
pub(super) fn end_of(row: &RunRow, person: Option<&Person>, watched: &Watched) -> RowEnd {
    let item = watched.item(row);
    let said = item.and_then(|item| item.code.clone());
    let is_met = match (person, &row.wish) {
        // Not being told of is what deleting wants, and proves nothing otherwise.
        (None, wish) => {
            *wish == Wish::Delete && !matches!(watched.end, End::Unknown(_) if row.user.is_none())
        }
        (Some(person), wish) => wish.is_met_by(Some(person)),
    };
    let word = |code: ProblemCode| Some(code.word());
    let (state, code) = match (is_met, watched.end, item) {
        (true, ..) => (RowState::Done, said),
        (false, End::Refused(code), _) => (RowState::Failed, word(code)),
        (false, End::Unknown(code), _) => (RowState::Unknown, word(code)),
        (false, End::WithoutJob, _) => (RowState::Unknown, word(ProblemCode::NotVerified)),
        (false, End::Over, Some(item)) if item.has_failed() => {
            (RowState::Failed, said.or_else(|| word(ProblemCode::RowNotDone)))
        }
        (false, End::Over, Some(_)) if person.is_none() => {
            (RowState::Unknown, word(ProblemCode::NotReadBack))
        }
        (false, End::Over, Some(_)) => (RowState::Differs, said.or_else(|| word(ProblemCode::NotVerified))),
        (false, End::Over, None) => (RowState::Failed, word(ProblemCode::RowNotDone)),
    };
    RowEnd {
        number: row.number,
        state,
        code,
        found: Some(row.wish.now(person)),
        user: person.map(|person| person.id).or(row.user),
        site_user: None,
        at: clock(),
    }
}
