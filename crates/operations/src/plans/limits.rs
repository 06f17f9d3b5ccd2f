//! Plans that change role limits of sites: numbers or the limit of the cloud, compared with what is and with who is there.

use std::collections::HashMap;

use model::{
    Freshness, Permission, PlanId, Problem, ProblemCode, SiteId,
    licences::{LARGEST_LIMIT, SiteSeats, Tier},
    plan::{LimitWish, LimitsWish, Plan, SeatMove, SeatSum, Step, Verdict, Why, Wish},
    sites::{Site, SiteStatus},
    tenancy::{LimitsRow, LimitsSheet},
};

use super::{Head, check_count, whole};
use crate::{Caller, Operations};

/// The form that changes role limits. Words as the form sends them: `keep`, `cloud` or `own` for each tier, and the
/// number beside it.
#[derive(Debug, Clone, Default)]
pub struct LimitsForm {
    /// The sites.
    pub sites: Vec<SiteId>,
    /// For Creator: what, and the number.
    pub creators: (String, String),
    /// For Explorer.
    pub explorers: (String, String),
    /// For Viewer.
    pub viewers: (String, String),
}

impl Operations {
    /// The role limits of all sites with who is there.
    pub async fn limits_sheet(&self, caller: &Caller, freshness: Freshness) -> Result<LimitsSheet, Problem> {
        caller.must(Permission::SeeSites)?;
        let (sites, seats) =
            futures::join!(self.sites_as(caller, freshness), self.seats_of_sites(caller, freshness));
        let (seats, counts) = match seats {
            Ok(aged) => (aged.value, aged.stale),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let seats = by_site(seats);
        let mut rows: Vec<LimitsRow> = sites?
            .into_iter()
            .map(|site| LimitsRow {
                seats: seats.get(&site.id).copied(),
                site: site.id,
                name: site.name,
                limits: site.limits,
            })
            .collect();
        rows.sort_by_key(|row| (row.name.to_lowercase(), row.site));
        Ok(LimitsSheet { rows, as_of: caller.now, counts })
    }

    /// A plan that changes role limits.
    pub async fn plan_limits(&self, caller: &Caller, form: LimitsForm) -> Result<PlanId, Problem> {
        caller.must(Permission::PlanPeople)?;
        caller.must(Permission::ChangeLimits)?;
        let of = |(what, number): &(String, String)| read(caller, what, number);
        let (creators, explorers, viewers) = (of(&form.creators)?, of(&form.explorers)?, of(&form.viewers)?);
        let wishes: Vec<LimitsWish> =
            form.sites.iter().map(|site| LimitsWish { site: *site, creators, explorers, viewers }).collect();
        let goal = wishes.first().map(LimitsWish::goal).unwrap_or_default();
        if !wishes.is_empty() && wishes[0].asks_nothing() {
            return Err(caller.problem(ProblemCode::NothingChanged));
        }
        let title = match wishes.len() {
            1 => format!("Role limits of a site: {goal}"),
            sites => format!("Role limits of {sites} sites: {goal}"),
        };
        self.make_limits_plan(caller, title, "the page of role limits".to_owned(), wishes).await
    }

    /// Compares wishes with the sites as they are now and keeps the plan.
    pub(super) async fn make_limits_plan(
        &self,
        caller: &Caller,
        title: String,
        source: String,
        wishes: Vec<LimitsWish>,
    ) -> Result<PlanId, Problem> {
        let (plan, steps) = self.draft_limits_plan(caller, title, source, wishes).await?;
        self.keep_plan(caller, &plan, &steps).await
    }

    /// The same without keeping it.
    pub(super) async fn draft_limits_plan(
        &self,
        caller: &Caller,
        title: String,
        source: String,
        wishes: Vec<LimitsWish>,
    ) -> Result<(Plan, Vec<Step>), Problem> {
        caller.must(Permission::PlanPeople)?;
        check_count(caller, wishes.len())?;
        let sites = self.sites_as(caller, Freshness::Now).await?;
        let sites: HashMap<SiteId, Site> = sites.into_iter().map(|site| (site.id, site)).collect();
        if wishes.iter().all(|wish| !sites.contains_key(&wish.site)) {
            return Err(caller.problem(ProblemCode::SiteNotFound));
        }
        // Without counts nothing can be said of who would be over, and each row says so.
        let seats = self.seats_of_sites(caller, Freshness::Now).await;
        let seats = by_site(seats.map(|aged| aged.value).unwrap_or_default());
        let steps = wishes.into_iter().zip(1..).map(|(wish, number)| {
            let allowed = caller.must(Permission::ChangeLimits).is_ok();
            step(number, wish, sites.get(&wish.site), seats.get(&wish.site), allowed)
        });
        let mut steps: Vec<Step> = steps.collect();
        whole::refuse_repeated(&mut steps);
        Ok((Head::of(caller, title, source).plan(&steps, SeatSum::default()), steps))
    }
}

fn by_site(seats: Vec<SiteSeats>) -> HashMap<SiteId, SiteSeats> {
    seats.into_iter().map(|of| (of.site, of)).collect()
}

/// Reads what is wanted for one tier.
fn read(caller: &Caller, what: &str, number: &str) -> Result<LimitWish, Problem> {
    match what {
        "" | "keep" => Ok(LimitWish::Keep),
        "cloud" => Ok(LimitWish::Cloud),
        "own" => {
            let digits: String = number.chars().filter(|at| !matches!(at, ' ' | ',')).collect();
            let is_whole = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
            let number = is_whole.then(|| digits.parse::<u64>().ok()).flatten();
            let number = number.filter(|number| *number <= LARGEST_LIMIT);
            number.map(LimitWish::AtMost).ok_or_else(|| caller.problem(ProblemCode::LimitUnfit))
        }
        _ => Err(caller.problem(ProblemCode::MalformedForm)),
    }
}

fn step(
    number: u32,
    wish: LimitsWish,
    site: Option<&Site>,
    seats: Option<&SiteSeats>,
    allowed: bool,
) -> Step {
    let mut why = Vec::new();
    let is_met = site.is_some_and(|site| wish.is_met_by(&site.limits));
    match site {
        None => why.push(Why::NoSuchSite),
        Some(site) if site.status != SiteStatus::Active && site.status != SiteStatus::Suspended => {
            why.push(Why::SiteNotActive);
        }
        Some(_) => {}
    }
    if !allowed {
        why.push(Why::NotAllowed);
    }
    let refused = !why.is_empty();
    let below = below_use(&wish, seats);
    let sets_numbers = Tier::SEATS.iter().any(|tier| matches!(wish.of(*tier), LimitWish::AtMost(_)));
    if !refused && !is_met && !below.is_empty() {
        why.push(Why::BelowUse);
    }
    if !refused && !is_met && seats.is_none() && sets_numbers {
        why.push(Why::UseNotTold);
    }
    let verdict = match (refused, is_met, why.is_empty()) {
        (true, ..) => Verdict::Refused,
        (_, true, _) => Verdict::Nothing,
        (_, _, true) => Verdict::Change,
        (_, _, false) => Verdict::Dangerous,
    };
    Step {
        number,
        line: None,
        user: None,
        site_user: None,
        user_name: site.map_or_else(|| wish.site.to_string(), |site| site.content_url.clone()),
        name: site.map_or_else(String::new, |site| site.name.clone()),
        site_name: String::new(),
        before: site.map_or_else(String::new, |site| wish.now(&site.limits)),
        after: wish.goal(),
        wish: Some(Wish::Limits(wish)),
        verdict,
        why,
        note: below.join(", "),
        seat: SeatMove::default(),
        permit: None,
    }
}

/// Where more people hold a role than would be allowed: `Creator: 41 of 40`.
fn below_use(wish: &LimitsWish, seats: Option<&SiteSeats>) -> Vec<String> {
    let Some(seats) = seats else { return Vec::new() };
    let over = |tier: &Tier| match wish.of(*tier) {
        LimitWish::AtMost(most) if seats.seats.of(*tier) > most => {
            Some(format!("{}: {} people, limit {most}", tier.word(), seats.seats.of(*tier)))
        }
        _ => None,
    };
    Tier::SEATS.iter().filter_map(over).collect()
}

#[cfg(test)]
mod tests {
    use model::{Moment, TenantId};

    use super::*;
    use crate::{Account, Who};

    fn caller() -> Caller {
        let id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let account = Account {
            id: uuid::Uuid::nil().into(),
            tenant: TenantId::parse(id).unwrap(),
            name: String::new(),
            who: Who::Member { linked: Vec::new(), names: Vec::new() },
            ends: Moment::from_seconds(0),
            proved: Moment::from_seconds(0),
        };
        Caller::administrator(account, String::new(), Moment::from_seconds(0))
    }

    #[test]
    fn a_limit_is_a_whole_number_of_31_bits_or_the_clouds() {
        let of = |what: &str, number: &str| read(&caller(), what, number);
        assert_eq!(of("own", "0").unwrap(), LimitWish::AtMost(0));
        assert_eq!(of("own", " 1,250 ").unwrap(), LimitWish::AtMost(1_250));
        assert_eq!(of("own", "2147483647").unwrap(), LimitWish::AtMost(LARGEST_LIMIT));
        assert_eq!(of("cloud", "nonsense beside it").unwrap(), LimitWish::Cloud);
        assert_eq!(of("", "7").unwrap(), LimitWish::Keep);
        for bad in ["", "-1", "2147483648", "99999999999999999999", "1.5", "ten", "٣", "1e3", "0x10", "+5"] {
            assert_eq!(of("own", bad).unwrap_err().code, ProblemCode::LimitUnfit, "{bad}");
        }
        assert_eq!(of("more", "1").unwrap_err().code, ProblemCode::MalformedForm);
    }
}
