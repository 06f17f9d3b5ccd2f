//! A plan in the words of its page.

use model::{
    ActId, Moment, Page, PlanId, SiteId, SiteUserId, UserId,
    plan::{PlanSheet, PlanState, SeatSum, Step, Verdict, VerdictCounts, Why, Wish},
};

use crate::parts::{
    lines::{Line, Tab},
    text::{count, number},
};

/// A plan as its page shows it.
#[derive(Debug)]
pub struct PlanTold {
    /// Its id.
    pub id: PlanId,
    /// The site whose own API it is about, and its name.
    pub site: Option<(SiteId, String)>,
    /// What it does.
    pub title: String,
    /// Who made it.
    pub by: String,
    /// From what.
    pub source: String,
    /// When.
    pub made: Moment,
    /// Until when it counts.
    pub until: Moment,
    /// How it stands: `open`, `asked`, `run-out`, `nothing`, `applied` or `discarded`.
    pub state: String,
    /// The seats it takes and frees.
    pub seats: String,
    /// Its rows by verdict: the word, the label, the number, and what it means.
    pub tiles: Vec<(String, String, u64, String)>,
    /// How to apply it, while that can be done.
    pub apply: Option<Apply>,
    /// A page of its rows.
    pub lines: Page<Line>,
}

/// The form that applies a plan.
#[derive(Debug)]
pub struct Apply {
    /// The hash of what is seen here.
    pub hash: String,
    /// The act it becomes.
    pub ticket: ActId,
    /// The dangers that may be included: words for the form and for people.
    pub dangers: Vec<(String, String)>,
    /// What must be typed.
    pub typed: Option<String>,
    /// The words on the button.
    pub button: String,
    /// Why somebody else has to approve it first.
    pub waits: Vec<String>,
    /// Whether a grant wants a reason.
    pub wants_reason: bool,
    /// How the tickets look that it has to name.
    pub tickets: Vec<String>,
}

impl PlanTold {
    /// The choices of rows.
    pub fn tabs(&self) -> Vec<Tab> {
        let all = (String::new(), "All".to_owned(), self.lines.of);
        let rest = self.tiles.iter().map(|(word, label, rows, _)| (word.clone(), label.clone(), *rows));
        std::iter::once(all).chain(rest).collect()
    }
}

/// A plan in words.
pub fn plan(sheet: PlanSheet, ticket: ActId) -> PlanTold {
    let PlanSheet {
        site,
        plan,
        steps,
        can_apply,
        type_to_confirm,
        waits,
        wants_reason,
        tickets,
        asked_until,
        now,
    } = sheet;
    let state = match plan.state {
        PlanState::Open if asked_until.is_some() => "asked",
        PlanState::Open if can_apply => "open",
        PlanState::Open if plan.until <= now => "run-out",
        PlanState::Open => "nothing",
        other => other.word(),
    };
    let sent = plan.counts.create + plan.counts.change;
    let dangers: Vec<(String, String)> = plan
        .dangers
        .iter()
        .map(|(why, rows)| (why.word(), format!("Include {}: {}", count(*rows, "row", "rows"), why.words())))
        .collect();
    let button = match (sent, dangers.is_empty()) {
        _ if !waits.is_empty() => "Ask somebody else to approve it".to_owned(),
        (0, _) => "Send only what is included".to_owned(),
        (sent, true) => format!("Send {}", count(sent, "change", "changes")),
        (sent, false) => format!("Send {} and what is included", count(sent, "change", "changes")),
    };
    PlanTold {
        site,
        by: plan.by,
        source: plan.source,
        apply: can_apply.then_some(Apply {
            hash: plan.hash,
            ticket,
            dangers,
            typed: type_to_confirm,
            button,
            waits: waits.iter().map(|why| why.words().to_owned()).collect(),
            wants_reason,
            tickets,
        }),
        state: state.to_owned(),
        seats: seats(plan.seats),
        tiles: tiles(&plan.counts),
        lines: in_words(steps, step),
        id: plan.id,
        title: plan.title,
        made: plan.made,
        until: plan.until,
    }
}

/// The same page with its rows in words.
pub fn in_words<Row>(page: Page<Row>, words: impl Fn(Row) -> Line) -> Page<Line> {
    let Page { rows, total, of, at, as_of } = page;
    Page { rows: rows.into_iter().map(words).collect(), total, of, at, as_of }
}

fn tiles(counts: &VerdictCounts) -> Vec<(String, String, u64, String)> {
    let tile = |verdict: Verdict| {
        let (label, note) = match verdict {
            Verdict::Create => ("Will create", "people, or places on a site"),
            Verdict::Change => ("Will change", "people who are there already"),
            Verdict::Nothing => ("Nothing to do", "already so"),
            Verdict::Refused => ("Refused", "will not be sent"),
            Verdict::Dangerous => ("Dangerous", "left out unless you include them"),
        };
        (verdict.word().to_owned(), label.to_owned(), counts.of(verdict), note.to_owned())
    };
    Verdict::ALL.map(tile).into()
}

/// The seats taken and freed in the tenant, as a sentence.
fn seats(sum: SeatSum) -> String {
    let told = |verb: &str, sign: i64| {
        let seats = [("Creator", sum.creators), ("Explorer", sum.explorers), ("Viewer", sum.viewers)];
        let parts: Vec<String> = seats
            .into_iter()
            .filter(|(_, moved)| moved * sign > 0)
            .map(|(word, moved)| {
                let seats = moved.unsigned_abs();
                format!("{} {word} {}", number(seats), if seats == 1 { "seat" } else { "seats" })
            })
            .collect();
        (!parts.is_empty()).then(|| format!("{verb} {}", parts.join(" and ")))
    };
    let takes = if sum.at_most { "takes at most" } else { "takes" };
    let told = match (told(takes, 1), told("frees", -1)) {
        (None, None) => "It takes and frees no seat of the tenant.".to_owned(),
        (Some(moves), None) | (None, Some(moves)) => {
            format!("In the tenant it {moves}; each person counts once.")
        }
        (Some(takes), Some(frees)) => {
            format!("In the tenant it {takes}, and {frees}; each person counts once.")
        }
    };
    if sum.at_most {
        // Dangerous rows are left out of other sums; see `SeatSum::at_most`.
        format!(
            "{told} This counts the dangerous rows as well: the group gives its role at the next sign-in."
        )
    } else {
        told
    }
}

fn step(step: Step) -> Line {
    let tone = match step.verdict {
        Verdict::Create | Verdict::Change => "info",
        Verdict::Nothing => "",
        Verdict::Refused => "bad",
        Verdict::Dangerous => "warn",
    };
    // What decided comes first; what is only worth knowing follows.
    let mut why = step.why;
    why.sort_by_key(|why| std::cmp::Reverse(why.weight()));
    let is_read = step.wish.is_some();
    // Of a row that could not be read, the file's own words say what is wrong with it.
    let why = why.into_iter().filter(|why| is_read || *why != Why::Unreadable).map(Why::words);
    let mut why = why.collect::<Vec<_>>().join("; ");
    if !step.note.is_empty() {
        why = format!("{why} ({})", step.note);
    }
    let (told, after) = match (is_read, why.is_empty()) {
        (true, true) if step.verdict == Verdict::Nothing => (format!("already {}", step.after), step.after),
        (true, _) => (why, step.after),
        (false, true) => (step.after, "–".to_owned()),
        (false, false) => (format!("{}: {why}", step.after), "–".to_owned()),
    };
    Line {
        line: step.line.map(|line| line.to_string()).unwrap_or_default(),
        href: href(step.wish.as_ref(), step.site_user, step.user),
        links: group_link(step.wish.as_ref()).into_iter().collect(),
        below: below(&step.name, &step.user_name, &step.site_name),
        name: if step.name.is_empty() { step.user_name } else { step.name },
        before: step.before,
        after,
        tone: tone.to_owned(),
        word: step.verdict.words().to_owned(),
        told,
        ..Line::default()
    }
}

/// The address of a row's person: on the site where the row is about its plane, else in the tenant.
pub fn href(wish: Option<&Wish>, here: Option<SiteUserId>, user: Option<UserId>) -> String {
    if let Some(limits) = wish.and_then(Wish::limits) {
        return format!("/sites/{}", limits.site);
    }
    match (wish.and_then(Wish::on_site), here, user) {
        (Some(wish), Some(here), _) => format!("/sites/{}/users/{here}", wish.site),
        (_, _, Some(user)) => format!("/people/{user}"),
        (_, _, None) => String::new(),
    }
}

/// The group that a row is about: its name and its address.
pub fn group_link(wish: Option<&Wish>) -> Option<(String, String)> {
    let wish = wish?.on_site()?;
    let (group, name) = wish.change.group()?;
    Some((name.to_owned(), format!("/sites/{}/groups/{group}", wish.site)))
}

/// The name they sign in with, where another one stands above it, and the site.
pub fn below(name: &str, user_name: &str, site: &str) -> String {
    let user_name = if name.is_empty() || name == user_name { "" } else { user_name };
    match (user_name, site) {
        ("", site) => site.to_owned(),
        (user_name, "") => user_name.to_owned(),
        (user_name, site) => format!("{user_name} · {site}"),
    }
}

#[cfg(test)]
mod tests {
    use model::plan::{OnSite, SiteWish};

    use super::*;

    #[test]
    fn seats_are_told_in_a_sentence() {
        let sum =
            |creators, explorers, viewers| seats(SeatSum { creators, explorers, viewers, at_most: false });
        assert_eq!(sum(0, 0, 0), "It takes and frees no seat of the tenant.");
        assert_eq!(sum(0, 0, -47), "In the tenant it frees 47 Viewer seats; each person counts once.");
        assert_eq!(
            sum(1, 2, -3),
            "In the tenant it takes 1 Creator seat and 2 Explorer seats, and frees 3 Viewer seats; each person counts once."
        );
    }

    #[test]
    fn seats_that_a_group_may_give_are_called_the_most_there_can_be() {
        let words = seats(SeatSum { explorers: 2, at_most: true, ..SeatSum::default() });
        assert!(words.starts_with("In the tenant it takes at most 2 Explorer seats;"), "{words}");
        assert!(words.contains("dangerous rows as well"), "{words}");
    }

    #[test]
    fn a_row_about_a_group_leads_to_the_person_on_the_site_and_to_the_group() {
        let id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let (site, here) = (model::SiteId::parse(id).unwrap(), SiteUserId::parse(id).unwrap());
        let group = model::GroupId::parse(id).unwrap();
        let change = SiteWish::Join { group, group_name: "Finance".to_owned() };
        let wish = Wish::OnSite(OnSite { site, change });
        let user = Some(UserId::parse(id).unwrap());
        assert_eq!(href(Some(&wish), Some(here), user), format!("/sites/{id}/users/{id}"));
        assert_eq!(href(Some(&wish), None, user), format!("/people/{id}"));
        let link = ("Finance".to_owned(), format!("/sites/{id}/groups/{id}"));
        assert_eq!(group_link(Some(&wish)), Some(link));
        assert_eq!((group_link(Some(&Wish::Delete)), href(None, None, None)), (None, String::new()));
    }

    #[test]
    fn a_name_is_not_told_twice() {
        assert_eq!(below("Ada", "ada@x.example", "Sales"), "ada@x.example · Sales");
        assert_eq!(below("", "ada@x.example", "Sales"), "Sales");
        assert_eq!(below("Ada", "ada@x.example", ""), "ada@x.example");
    }
}
