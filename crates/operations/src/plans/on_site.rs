//! Plans for the plane of one site: rows of wishes against what the site itself tells now.

use model::{
    Permission, PlanId, Problem, ProblemCode, SiteUserId,
    plan::{OnSite, Plan, SeatMove, SiteWish, Step, Why, Wish},
};

use super::{
    Head,
    asked::field,
    check_count,
    site_judge::{Judged, judge},
    site_now::SiteNow,
    site_whole, whole,
};
use crate::{Caller, Operations, delegation::Lock};

/// A row as it is asked for, before anything is compared.
#[derive(Debug, Clone)]
pub(super) struct SiteRow {
    /// The line of the file it came from.
    pub(super) line: Option<u32>,
    /// Whom it is about.
    pub(super) who: SiteWho,
    /// A name for somebody who is not there yet.
    pub(super) display_name: String,
    /// What is wanted; `None` when the row cannot be read.
    pub(super) change: Option<SiteWish>,
    /// What is wrong with the row itself.
    pub(super) troubles: Vec<Why>,
    /// The same in the words of the file.
    pub(super) said: String,
}

/// Whom a row is about: the id counts, and the name where there is none or nobody has it any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SiteWho {
    /// Their id on the site.
    pub(super) id: Option<SiteUserId>,
    /// The name they sign in with, or their address.
    pub(super) name: String,
}

impl SiteWho {
    pub(super) fn of(id: SiteUserId) -> Self {
        Self { id: Some(id), ..Self::default() }
    }

    pub(super) fn named(name: String) -> Self {
        Self { id: None, name }
    }

    /// The best words for somebody the site does not know.
    fn words(&self) -> String {
        match self.id {
            Some(id) if self.name.is_empty() => id.to_string(),
            _ => self.name.clone(),
        }
    }
}

impl SiteRow {
    /// A wish for somebody.
    pub(super) fn of(who: SiteWho, change: SiteWish) -> Self {
        Self {
            line: None,
            who,
            display_name: String::new(),
            change: Some(change),
            troubles: Vec::new(),
            said: String::new(),
        }
    }
}

impl Operations {
    /// Compares rows with what the site tells now and keeps the plan. Nothing is sent to Tableau but reads.
    pub(super) async fn make_site_plan(
        &self,
        caller: &Caller,
        now: SiteNow,
        title: String,
        source: String,
        rows: Vec<SiteRow>,
    ) -> Result<PlanId, Problem> {
        let (plan, steps) = self.draft_site_plan(caller, now, title, source, rows).await?;
        self.keep_plan(caller, &plan, &steps).await
    }

    /// The same without keeping it.
    pub(super) async fn draft_site_plan(
        &self,
        caller: &Caller,
        mut now: SiteNow,
        title: String,
        source: String,
        rows: Vec<SiteRow>,
    ) -> Result<(Plan, Vec<Step>), Problem> {
        caller.must(Permission::PlanPeople)?;
        check_count(caller, rows.len())?;
        for row in &rows {
            if let Some(SiteWish::Remove { assets_to: Some(heir) }) = &row.change
                && now.user(&heir.user).is_none()
            {
                return Err(field(caller, "assets-to"));
            }
        }
        self.read_groups(caller, &mut now, &rows).await?;
        self.read_people(caller, &mut now, &rows).await?;
        let room = self.room(caller, &now.sites).await;
        let head = Head::of(caller, title, source);
        let asked_as: Vec<String> = rows.iter().map(|row| row.who.words()).collect();
        let wishes: Vec<Wish> = rows.iter().filter_map(|row| now.wish(row)).collect();
        let lock = self.lock(caller, wishes.iter(), now.people().values()).await?;
        let work = move || {
            let numbered = rows.into_iter().zip(1..);
            let mut steps: Vec<Step> = numbered.map(|(row, number)| step(number, row, &now)).collect();
            if let Some(lock) = &lock {
                lock.judge(&mut steps, &asked_as, now.people());
            }
            whole::refuse_repeated(&mut steps);
            site_whole::refuse_lock_out(&mut steps, &now);
            site_whole::mark_emptied(&mut steps, &now);
            site_whole::mark_over_limit(&mut steps, &now, &room);
            let seats = site_whole::count_seats(&mut steps, &now);
            if lock.is_some() {
                Lock::hide_seats(&mut steps);
            }
            (head.plan(&steps, seats), steps)
        };
        let planned = tokio::task::spawn_blocking(work).await;
        planned.map_err(|_| caller.problem(ProblemCode::Internal))
    }
}

fn step(number: u32, row: SiteRow, now: &SiteNow) -> Step {
    let user = now.find(&row.who);
    let user_name = user.map_or_else(|| row.who.words(), |user| user.name.clone());
    let person = now.person(&user_name);
    let wish = row.change.map(|change| OnSite { site: now.site, change });
    let judged = match &wish {
        Some(wish) => judge(wish, user, &user_name, now),
        None => Judged::unreadable(row.troubles, row.said),
    };
    let name = user.map(|user| user.full_name.clone()).filter(|name| !name.is_empty());
    let name = name.or_else(|| person.map(|person| person.name().to_owned())).unwrap_or(row.display_name);
    Step {
        number,
        line: row.line,
        user: person.map(|person| person.id),
        site_user: user.map(|user| user.id),
        user_name,
        name,
        site_name: now.site_name(),
        wish: wish.map(Wish::OnSite),
        before: judged.before,
        after: judged.after,
        verdict: judged.verdict,
        why: judged.why,
        note: judged.note,
        permit: None,
        seat: SeatMove::default(),
    }
}
