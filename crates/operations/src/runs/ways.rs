//! Which rows go to Tableau together, and by which of its operations.

use std::collections::{BTreeMap, HashMap};

use model::{
    GroupId, SiteId, UserId,
    plan::{SiteWish, Step, Verdict, Weight, Why, Wish},
    runs::RunRow,
};

use crate::sheets::write;

/// From so many people on one site, an import does in one job what would otherwise be a job each. Never fewer than those
/// whose number is typed first: the import is the one change that no lock guards.
pub(super) const IMPORT_FROM: usize = 26;
/// Our names of the two operations that take a file for a site.
const IMPORT_ON_SITE: &str = "site_user.import";
const REMOVAL_BY_FILE: &str = "site_user.delete_by_file";
/// Rows in one file that takes people off a site. Nothing tells how far it is, so it is kept short.
const REMOVED_IN_FILE: usize = 200;
/// Rows in one file. The vendor names no maximum.
const ROWS_IN_FILE: usize = 1_000;
/// People in one deletion.
const DELETED_AT_ONCE: usize = 100;

/// Rows that go to Tableau together.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) way: Way,
    pub(crate) rows: Vec<RunRow>,
}

/// By which operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// One file for one site.
    Import(SiteId),
    /// Several people at once.
    DeleteMany,
    /// One person who is there, all their rows at once.
    Update(UserId),
    /// One person who is not there.
    Create,
    /// One person to go.
    Delete(UserId),
    /// People into a group of a site, or out of it.
    Members(SiteId, GroupId),
    /// One person of a site.
    OnSite(SiteId),
    /// One file of people to be on a site.
    SiteImport(SiteId),
    /// One file of people to be off a site.
    SiteRemoval(SiteId),
    /// The role limits of a site.
    Limits(SiteId),
}

impl Call {
    /// Our name of the operation, by which it may be locked.
    pub(crate) fn operation(&self) -> &'static str {
        match self.way {
            Way::Members(..) | Way::OnSite(_) => {
                let first = self.rows.first();
                let wish = first.and_then(|row| Some((&row.wish.on_site()?.change, row.site_user.is_some())));
                wish.map_or("site_user.update", |(wish, is_there)| alone_on_site(wish, is_there))
            }
            Way::SiteImport(_) => IMPORT_ON_SITE,
            Way::SiteRemoval(_) => REMOVAL_BY_FILE,
            Way::Limits(_) => "site.update_limits",
            Way::Import(_) => "user.import",
            Way::DeleteMany => "user.batch_delete",
            Way::Update(_) => "user.update",
            Way::Create => "user.create",
            Way::Delete(_) => "user.delete",
        }
    }
}

/// Sorts waiting rows into calls: first those of single people, each person once, then the large ones, which are sent
/// one after the other because they may meet the same people.
pub(crate) fn calls(rows: Vec<RunRow>) -> (Vec<Call>, Vec<Call>) {
    let (on_sites, rows): (Vec<RunRow>, Vec<RunRow>) =
        rows.into_iter().partition(|row| row.wish.on_site().is_some());
    let (mut single, mut large) = calls_on_sites(on_sites);
    let (limits, rows): (Vec<RunRow>, Vec<RunRow>) =
        rows.into_iter().partition(|row| row.wish.limits().is_some());
    // A site is there once in a plan, so each row is a call of its own.
    single.extend(limits.into_iter().filter_map(|row| {
        let site = row.wish.limits()?.site;
        Some(Call { way: Way::Limits(site), rows: vec![row] })
    }));
    let mut people: BTreeMap<String, Vec<RunRow>> = BTreeMap::new();
    for row in rows {
        people.entry(row.user_name.to_lowercase()).or_default().push(row);
    }
    let mut on_site: HashMap<SiteId, usize> = HashMap::new();
    for row in people.values().flatten() {
        if let Wish::Role { site, .. } = &row.wish {
            *on_site.entry(*site).or_default() += 1;
        }
    }
    let mut imports: BTreeMap<SiteId, Vec<RunRow>> = BTreeMap::new();
    let mut deleted = Vec::new();
    for rows in people.into_values() {
        let mut rest = Vec::new();
        for row in rows {
            match (&row.wish, row.user) {
                (Wish::Role { site, .. }, _) if on_site[site] >= IMPORT_FROM => {
                    imports.entry(*site).or_default().push(row);
                }
                (Wish::Delete, Some(_)) => deleted.push(row),
                _ => rest.push(row),
            }
        }
        if !rest.is_empty() {
            single.push(alone(rest));
        }
    }
    for (site, rows) in imports {
        let files = rows.chunks(ROWS_IN_FILE);
        large.extend(files.map(|rows| Call { way: Way::Import(site), rows: rows.to_vec() }));
    }
    if deleted.len() == 1 {
        single.push(alone(deleted));
    } else {
        let parts = deleted.chunks(DELETED_AT_ONCE);
        large.extend(parts.map(|rows| Call { way: Way::DeleteMany, rows: rows.to_vec() }));
    }
    (single, large)
}

/// Rows for the plane of a site: all that put people into one group, or take them out, go together; everybody else goes
/// alone. People come into a group before others leave it.
fn calls_on_sites(rows: Vec<RunRow>) -> (Vec<Call>, Vec<Call>) {
    let mut groups: BTreeMap<(SiteId, GroupId, bool), Vec<RunRow>> = BTreeMap::new();
    let mut single = Vec::new();
    let mut files: BTreeMap<(SiteId, bool), Vec<RunRow>> = BTreeMap::new();
    for row in rows {
        let Some(wish) = row.wish.on_site() else { continue };
        if let Some(removes) = goes_by_file(&wish.change, row.line, &row.user_name) {
            files.entry((wish.site, removes)).or_default().push(row);
            continue;
        }
        match wish.change.group() {
            Some((group, _)) => {
                let leaves = matches!(wish.change, SiteWish::Leave { .. });
                groups.entry((wish.site, *group, leaves)).or_default().push(row);
            }
            None => single.push(Call { way: Way::OnSite(wish.site), rows: vec![row] }),
        }
    }
    let large = groups.into_iter();
    let mut large: Vec<Call> =
        large.map(|((site, group, _), rows)| Call { way: Way::Members(site, group), rows }).collect();
    for ((site, removes), rows) in files {
        let (way, at_most) = match removes {
            _ if rows.len() < IMPORT_FROM => (Way::OnSite(site), 1),
            false => (Way::SiteImport(site), ROWS_IN_FILE),
            true => (Way::SiteRemoval(site), REMOVED_IN_FILE),
        };
        let calls = rows.chunks(at_most).map(|rows| Call { way, rows: rows.to_vec() });
        if at_most == 1 { single.extend(calls) } else { large.extend(calls) }
    }
    (single, large)
}

/// Whether a row may go to its site in a file, and if so, whether in one that removes. Only what came in a file goes as
/// one, and only under a name that a file can hold.
pub(super) fn goes_by_file(wish: &SiteWish, line: Option<u32>, user_name: &str) -> Option<bool> {
    let removes = match wish {
        SiteWish::Place { .. } => false,
        SiteWish::Remove { assets_to: None } if line.is_some() => true,
        _ => return None,
    };
    write::holds_name(user_name).then_some(removes)
}

/// The operation that carries out a wish about one person of a site.
fn alone_on_site(wish: &SiteWish, is_there: bool) -> &'static str {
    match wish {
        SiteWish::Place { .. } if is_there => "site_user.update",
        SiteWish::Place { .. } => "site_user.add",
        wish => wish.operation(),
    }
}

/// All rows of one person.
fn alone(rows: Vec<RunRow>) -> Call {
    let way = match (&rows[0].wish, rows[0].user) {
        (Wish::Delete, Some(user)) => Way::Delete(user),
        (_, Some(user)) => Way::Update(user),
        (_, None) => Way::Create,
    };
    Call { way, rows }
}

/// The operations that carrying out a plan may need, so that a locked one is told before anything is sent.
pub(crate) fn operations_of(steps: &[Step], include: &[Why]) -> Vec<&'static str> {
    let sent = |step: &&Step| match step.verdict {
        Verdict::Create | Verdict::Change => true,
        Verdict::Dangerous => {
            step.why.iter().filter(|why| why.weight() == Weight::Danger).all(|why| include.contains(why))
        }
        Verdict::Nothing | Verdict::Refused => false,
    };
    let sent: Vec<&Step> = steps.iter().filter(sent).collect();
    let mut found = Vec::new();
    let many = sent.len() >= IMPORT_FROM;
    let by_file = |step: &Step| {
        let wish = step.wish.as_ref()?.on_site()?;
        goes_by_file(&wish.change, step.line, &step.user_name)
    };
    let files = [false, true]
        .map(|removes| sent.iter().filter(|step| by_file(step) == Some(removes)).count() >= IMPORT_FROM);
    for step in &sent {
        found.push(match (&step.wish, step.user) {
            (Some(Wish::OnSite(wish)), _) => match by_file(step) {
                Some(false) if files[0] => IMPORT_ON_SITE,
                Some(true) if files[1] => REMOVAL_BY_FILE,
                _ => alone_on_site(&wish.change, step.site_user.is_some()),
            },
            (Some(Wish::Limits(_)), _) => "site.update_limits",
            (Some(Wish::Delete), _) if sent.len() > 1 => "user.batch_delete",
            (Some(Wish::Delete), _) => "user.delete",
            (Some(Wish::Role { .. }), _) if many => "user.import",
            (_, None) => "user.create",
            (_, Some(_)) => "user.update",
        });
    }
    found.sort_unstable();
    found.dedup();
    found
}
