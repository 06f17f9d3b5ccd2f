//! What Tableau's codes mean, in plain words for an administrator.

mod operations;
mod outcomes;
mod requests;
mod sites;

pub use outcomes::{Group, Refusal};

/// A code of Tableau's with our words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The code as Tableau sends it. Empty in [`unknown`], where the caller has it.
    pub code: &'static str,
    /// Tableau's long name for the code, where it has one besides the code.
    pub symbol: Option<&'static str>,
    /// The HTTP statuses the code comes with, the usual one first. Empty for the codes of a job's rows.
    pub http: &'static [u16],
    /// What happened, in one sentence.
    pub meaning: &'static str,
    /// What to do now, where something helps.
    pub next: Option<&'static str>,
    /// Whether the same request can succeed another time.
    pub again: Again,
    /// Where the code is known from.
    pub source: Source,
    /// How to take it. A row's own status still decides whether the row worked.
    pub tone: Tone,
    /// The kind of outcome, for the word codes of a job's rows and its undocumented codes.
    pub group: Option<Group>,
}

/// Whether trying again helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The same request ends the same way, or there is nothing left to ask for.
    No,
    /// The same request may pass after a wait.
    Later,
    /// The request may pass once the cause is corrected.
    Fixed,
    /// Nobody told us.
    Unknown,
}

/// Where a code is known from, and so how far to trust our words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Tableau's published pages list it and say what it means.
    VendorPage,
    /// Those pages do not explain it. Public clients know it; the meaning is read from its name and use.
    PublicClient,
    /// We have not met it.
    Unknown,
}

/// How good or bad the news is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It went as asked.
    Good,
    /// Nothing had to change, or nothing can be said.
    Neutral,
    /// It went otherwise than asked, or is not settled yet.
    Warning,
    /// It was refused or failed.
    Bad,
}

/// Our words for a code, if we know it. The whole code counts: endings repeat with other meanings.
pub fn explain(code: &str) -> Option<Explained> {
    rows().find(|row| row.code == code).copied()
}

/// Our words for a code of a site, as it is meant where this operation was asked for. Operations are named as
/// `tableau` names them, such as `group_set.create`.
pub fn explain_site(operation: &str, code: &str) -> Option<Explained> {
    let meant = sites::differing::DIFFERING
        .iter()
        .find(|differing| differing.row.code == code && differing.operations.contains(&operation));
    meant.map_or_else(|| explain(code), |differing| Some(differing.row))
}

/// The operations for which [`explain_site`] has words of their own, and the codes.
pub fn differing() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pairs = |differing: &'static sites::differing::Differing| {
        differing.operations.iter().map(|operation| (*operation, differing.row.code))
    };
    sites::differing::DIFFERING.iter().flat_map(pairs)
}

/// Our words for a code of Tableau Cloud Manager. The page of a job needs no others, and so does not carry them.
pub fn explain_manager(code: &str) -> Option<Explained> {
    operations::tables().chain(outcomes::tables()).flatten().find(|row| row.code == code).copied()
}

/// The words for a code that [`explain`] does not know: show the code as it came, and claim nothing.
pub fn unknown() -> Explained {
    Explained {
        code: "",
        symbol: None,
        http: &[],
        meaning: "Steward does not know this code and shows it as it came.",
        next: Some("Read Tableau's own words, then refresh to see what took effect."),
        again: Again::Unknown,
        source: Source::Unknown,
        tone: Tone::Neutral,
        group: None,
    }
}

/// Every code we know, each one once.
pub fn all() -> impl Iterator<Item = Explained> {
    rows().copied()
}

/// The codes that a job, or a row of it, ends with where a whole operation failed.
pub(crate) fn of_operations() -> impl Iterator<Item = &'static Explained> {
    operations::tables().flatten()
}

/// The codes of a job's rows.
pub(crate) fn of_rows() -> impl Iterator<Item = &'static Explained> {
    outcomes::tables().flatten()
}

/// The codes of refused requests to Tableau Cloud Manager.
pub(crate) fn of_requests() -> impl Iterator<Item = &'static Explained> {
    requests::REQUESTS.iter()
}

/// The codes of a site's API.
pub(crate) fn of_sites() -> impl Iterator<Item = &'static Explained> {
    sites::tables().flatten()
}

/// What a code of a site means where certain operations were asked for.
pub(crate) fn of_sites_by_operation(
    code: &str,
) -> impl Iterator<Item = (&'static [&'static str], &'static Explained)> {
    let meant = sites::differing::DIFFERING.iter().filter(move |differing| differing.row.code == code);
    meant.map(|differing| (differing.operations, &differing.row))
}

fn rows() -> impl Iterator<Item = &'static Explained> {
    of_operations().chain(of_rows()).chain(of_requests()).chain(of_sites())
}

/// Next steps that hold for codes of more than one subject.
mod next {
    pub const FREE_LICENCE: &str =
        "Free a licence, raise the site's limit or choose a lower role, then give the role again.";
    pub const MINIMUM_ROLE: &str =
        "Take the user out of the group or clear its minimum role, then try again.";
    pub const MOVE_CONTENT: &str = "Refresh the user, give the content to another owner, then remove again.";
    pub const OUR_DEFECT: &str = "If Steward put the request together, report it as a defect.";
    pub const SKIP_GUEST: &str = "Leave the guest user out.";
    pub const COUNT_AS_DONE: &str = "Count it as done; a refresh confirms it.";
    pub const PAUSE: &str =
        "Refresh, then try once more after a pause. If it fails again, show Tableau Support the row.";
}
