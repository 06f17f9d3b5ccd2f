//! Which rows go to Tableau together, and by which of its operations.

use std::collections::{BTreeMap, HashMap};

use model::{
    GroupId, SiteId, UserId,
    plan::{SiteWish, Step, Verdict, Weight, Why, Wish},
    runs::RunRow,
};

/// From so many people on one site, an import does in one job what would otherwise be a job each. Never fewer than those
/// whose number is typed first: the import is the one change that no lock guards.
const IMPORT_FROM: usize = 26;
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
}

impl Call {
    /// Our name of the operation, by which it may be locked.
    pub(crate) fn operation(&self) -> &'static str {
        match self.way {
            Way::Members(..) | Way::OnSite(_) => {
                let first = self.rows.first().and_then(|row| row.wish.on_site());
                first.map_or("site_user.update", |wish| wish.change.operation())
            }
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
    for row in rows {
        let Some(wish) = row.wish.on_site() else { continue };
        match wish.change.group() {
            Some((group, _)) => {
                let leaves = matches!(wish.change, SiteWish::Leave { .. });
                groups.entry((wish.site, *group, leaves)).or_default().push(row);
            }
            None => single.push(Call { way: Way::OnSite(wish.site), rows: vec![row] }),
        }
    }
    let large = groups.into_iter();
    (single, large.map(|((site, group, _), rows)| Call { way: Way::Members(site, group), rows }).collect())
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
    for step in &sent {
        found.push(match (&step.wish, step.user) {
            (Some(Wish::OnSite(wish)), _) => wish.change.operation(),
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
