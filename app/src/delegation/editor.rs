//! The form that gives a grant or changes one.

use leptos::prelude::*;
use model::{
    GroupId, Permission, SiteId,
    delegation::{
        Ceiling, Conditions, Day, Delegation, Groups, Hours, Limits, Mark, People, Scope, Sites, Template,
        cannot, clock,
    },
    roles::SiteRole,
};
use operations::{GrantChoices, GrantForm};
use std::collections::BTreeSet;

use super::{
    fields::{area, choice, line, radio, sentences, tick},
    groups::{parted, to_pick},
    look::{Look, looked},
    page::{GRANT, LOOK},
};
use crate::parts::drawn::{Drawing, Page};

/// What the form begins with.
pub struct Filled {
    grant: String,
    account: String,
    name: String,
    verbs: BTreeSet<Permission>,
    scope: Scope,
    ceiling: Ceiling,
    touches: Ceiling,
    limits: Limits,
    conditions: Conditions,
    days: BTreeSet<Day>,
    marks: BTreeSet<Mark>,
    until: String,
    eligible: bool,
    said: &'static str,
    cannot: Vec<String>,
    /// What was typed, where it was: also what cannot be read stays in its field.
    typed: Option<GrantForm>,
}

impl Filled {
    /// A new grant from a template, to count until a day.
    pub fn of(template: Template, account: &str, until: String) -> Self {
        let none = || Groups::These(BTreeSet::new());
        let whole = template == Template::Auditor;
        let people = match whole {
            true => People::Everybody,
            false => {
                People::Those { groups: BTreeSet::new(), domains: BTreeSet::new(), named: BTreeSet::new() }
            }
        };
        let sites = if whole { Sites::All } else { Sites::These(BTreeSet::new()) };
        Self {
            grant: String::new(),
            account: account.to_owned(),
            name: template.name().to_owned(),
            verbs: template.verbs(),
            scope: Scope { sites, people, groups: none() },
            ceiling: template.ceiling(),
            touches: template.touches(),
            limits: template.limits(),
            conditions: template.conditions(),
            days: BTreeSet::new(),
            marks: template.marks(),
            until,
            eligible: false,
            said: template.words(),
            cannot: Vec::new(),
            typed: None,
        }
    }

    /// What somebody typed, as far as boxes and choices hold it; the rest stays as it was typed.
    pub fn typed(form: GrantForm) -> Self {
        let mut filled = Self::of(Template::Viewer, &form.account, form.until.clone());
        filled.grant = form.grant.map(|grant| grant.to_string()).unwrap_or_default();
        filled.name.clone_from(&form.name);
        filled.verbs = form.verbs.iter().filter_map(|verb| Permission::parse(verb)).collect();
        filled.scope.sites = match form.sites_mode.as_str() {
            "all" => Sites::All,
            _ => Sites::These(form.sites.iter().filter_map(|id| SiteId::parse(id).ok()).collect()),
        };
        if form.people_mode == "everybody" {
            filled.scope.people = People::Everybody;
        }
        if form.managed_mode == "all" {
            filled.scope.groups = Groups::All;
        }
        let ceiling = SiteRole::parse_assignable(&form.ceiling).and_then(|role| Ceiling::at(&role));
        filled.ceiling = ceiling.unwrap_or(filled.ceiling);
        filled.days = form.days.iter().filter_map(|day| Day::parse(day)).collect();
        filled.conditions.step_up = form.step_up;
        filled.conditions.reason = form.reason;
        filled.marks = form.marks.iter().filter_map(|mark| Mark::parse(mark)).collect();
        filled.eligible = form.eligible;
        filled.said = "";
        filled.typed = Some(form);
        filled
    }

    /// A field as it was typed, or else as the grant has it.
    fn text(&self, typed: impl Fn(&GrantForm) -> &String, else_is: impl Fn() -> String) -> String {
        self.typed.as_ref().map_or_else(else_is, |form| typed(form).clone())
    }

    /// A grant that is there.
    pub fn from(grant: Delegation) -> Self {
        Self {
            cannot: cannot(&grant),
            touches: grant.touches(),
            grant: grant.id.to_string(),
            account: grant.account.to_string(),
            name: grant.name,
            verbs: grant.verbs,
            scope: grant.scope,
            ceiling: grant.ceiling,
            limits: grant.limits,
            days: grant.conditions.hours.as_ref().map(|hours| hours.days.clone()).unwrap_or_default(),
            conditions: grant.conditions,
            marks: grant.marks,
            until: grant.until.machine().chars().take(10).collect(),
            eligible: grant.eligible,
            said: "",
            typed: None,
        }
    }
}

/// Draws the form.
pub fn draw(filled: Filled, choices: GrantChoices, look: Option<Look>) -> Page {
    let is_new = filled.grant.is_empty();
    let title = if is_new { "Give a grant".to_owned() } else { format!("Change {}", filled.name) };
    let mut above = vec![("Grants".to_owned(), "/grants".to_owned())];
    if !is_new {
        above.push((filled.name.clone(), format!("/grants/{}", filled.grant)));
    }
    let ticket = operations::ticket().to_string();
    let words = if is_new { "Give this grant" } else { "Change this grant" };
    let roles = || {
        let all = Ceiling::ALL.into_iter().map(|it| it.role());
        all.map(|it| (it.code().to_owned(), it.words().to_owned())).collect()
    };
    let cannot = (!filled.cannot.is_empty()).then(|| sentences(filled.cannot.clone()));
    let nobody = choices.accounts.is_empty().then(|| {
        view! { <p class="notice warn"><span aria-hidden="true">"▲"</span><span>"Nobody can hold a grant yet. " <a href="/accounts">"Invite somebody"</a> " first."</span></p> }
    });
    let rows_in_plan = filled.text(|form| &form.rows_in_plan, || number(filled.limits.rows_in_plan));
    let rows_in_hour = filled.text(|form| &form.rows_in_hour, || number(filled.limits.rows_in_hour));
    let seats_in_plan = filled.text(|form| &form.seats_in_plan, || number(filled.limits.seats_in_plan));
    let ticket_like = filled.conditions.ticket.as_ref().map(|it| it.text().to_owned()).unwrap_or_default();
    let ticket_like = filled.text(|form| &form.ticket, || ticket_like.clone());
    let body = view! {
        {nobody}
        {(!filled.said.is_empty()).then(|| view! { <p class="soft lead">{filled.said}</p> })}
        {look.map(looked)}
        {cannot.map(|said| view! { <section class="card"><h2>"As it is now"</h2>{said}</section> })}
        <form class="card form roomy" method="post" action=GRANT>
            <input type="hidden" name="ticket" value=ticket/>
            <input type="hidden" name="grant" value=filled.grant.clone()/>
            {choice("account", "Held by", &filled.account, choices.accounts.clone())}
            {line("text", "name", "Name", "Helpers see it, and the audit log names it.", filled.name.clone(), true)}
            {verbs(&filled.verbs)}
            {whereabouts(&filled.scope, &choices.sites)}
            {people(&filled, &choices)}
            {managed(&filled, &choices)}
            {choice("ceiling", "Gives roles up to", filled.ceiling.role().code(), roles())}
            {choice("touches", "Changes people up to", filled.touches.role().code(), roles())}
            <fieldset>
                <legend>"How much"</legend>
                {line("number", "rows_in_plan", "Rows in one plan", "Empty for no limit.", rows_in_plan, false)}
                {line("number", "rows_in_hour", "Rows within an hour", "Empty for no limit.", rows_in_hour, false)}
                {line("number", "seats_in_plan", "Seats that one plan takes", "Empty for no limit.", seats_in_plan, false)}
            </fieldset>
            <fieldset>
                <legend>"What else it asks for"</legend>
                {tick("step_up", "yes".to_owned(), "A sign-in or second factor of the last five minutes, for every change".to_owned(), filled.conditions.step_up)}
                {tick("reason", "yes".to_owned(), "A reason for every change".to_owned(), filled.conditions.reason)}
                {line("text", "ticket_pattern", "A ticket in that reason, such as", "INC# is INC and a number. Empty for none.", ticket_like, false)}
                {tick("eligible", "yes".to_owned(), "It has to be activated each time, for four hours at most".to_owned(), filled.eligible)}
            </fieldset>
            {here_and_now(&filled)}
            <fieldset>
                <legend>"What somebody else has to approve"</legend>
                <p class="soft">"Taking people out of the tenant, handing over content, changing what a group gives, and suspending a site or letting it in again always wait."</p>
                {Mark::ALL.into_iter().map(|mark| tick("marks[]", mark.word(), capital(mark.words()), filled.marks.contains(&mark))).collect_view()}
            </fieldset>
            {line("date", "until", "Last day", "It counts until the end of that day, in UTC.", filled.until.clone(), true)}
            <div class="row">
                <button class="button" type="submit" name="step" value=LOOK>"Show what it means"</button>
                <button class="button first" type="submit">{words}</button>
            </div>
        </form>
    };
    Page { title, above, body: Drawing::of(body), ..Page::default() }
}

fn verbs(held: &BTreeSet<Permission>) -> AnyView {
    let all = Permission::ALL
        .iter()
        .copied()
        .filter(|verb| verb.is_grantable())
        .map(|verb| tick("verbs[]", verb.word(), capital(verb.words()), held.contains(&verb)))
        .collect_view();
    let never: Vec<&str> = Permission::NEVER_GRANTABLE.into_iter().map(Permission::words).collect();
    view! {
        <fieldset>
            <legend>"What the holder can do"</legend>
            <div class="boxes">{all}</div>
            <p class="soft">{format!("No grant can hold: {}.", never.join(", "))}</p>
        </fieldset>
    }
    .into_any()
}

fn whereabouts(scope: &Scope, sites: &[(SiteId, String)]) -> AnyView {
    let is_all = scope.sites == Sites::All;
    let boxes = sites
        .iter()
        .map(|(site, name)| {
            let ticked = !is_all && scope.has_site(site);
            tick("sites[]", site.to_string(), name.clone(), ticked)
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>"On which sites"</legend>
            {radio("sites_mode", "these", "These", !is_all)}
            <div class="boxes within">{boxes}</div>
            {radio("sites_mode", "all", "All sites, also those to come", is_all)}
        </fieldset>
    }
    .into_any()
}

fn people(filled: &Filled, choices: &GrantChoices) -> AnyView {
    let (groups, domains, named) = match &filled.scope.people {
        People::Everybody => Default::default(),
        People::Those { groups, domains, named } => (listed(groups), lines(domains), lines(named)),
    };
    let groups = filled.text(|form| &form.groups, || groups.clone());
    let domains = filled.text(|form| &form.domains, || domains.clone());
    let named = filled.text(|form| &form.named, || named.clone());
    let (picked, groups) = parted(&groups, choices);
    let everybody = filled.scope.people == People::Everybody;
    view! {
        <fieldset>
            <legend>"For whom"</legend>
            {radio("people_mode", "those", "Whoever matches one of these", !everybody)}
            {area("domains", "E-mail domains", "Of the names people sign in with. One in a line.", domains)}
            {to_pick("picked[]", "Members of these groups", &picked, choices)}
            {area("groups", "Members of other groups", "Of sites that you have not connected. Each as site id / group id, one in a line, as the address of the group's page has them.", groups)}
            {area("named", "Single people", "The names they sign in with. One in a line.", named)}
            {radio("people_mode", "everybody", "Everybody on these sites", everybody)}
        </fieldset>
    }
    .into_any()
}

fn managed(filled: &Filled, choices: &GrantChoices) -> AnyView {
    let is_all = filled.scope.groups == Groups::All;
    let these = match &filled.scope.groups {
        Groups::All => String::new(),
        Groups::These(groups) => listed(groups),
    };
    let these = filled.text(|form| &form.managed, || these.clone());
    let (picked, these) = parted(&these, choices);
    view! {
        <fieldset>
            <legend>"Which groups may be changed"</legend>
            {radio("managed_mode", "these", "These", !is_all)}
            {to_pick("managed_picked[]", "Of the sites that you have connected", &picked, choices)}
            {area("managed", "Other groups", "Each as site id / group id, one in a line. With none ticked and none here, no group may be changed.", these)}
            {radio("managed_mode", "all", "Every group of these sites", is_all)}
        </fieldset>
    }
    .into_any()
}

/// When it counts, and from where.
fn here_and_now(filled: &Filled) -> AnyView {
    let asked = &filled.conditions;
    let days = Day::ALL
        .into_iter()
        .map(|day| tick("days[]", day.word(), day.words().to_owned(), filled.days.contains(&day)))
        .collect_view();
    let hours = |part: fn(&Hours) -> String| asked.hours.as_ref().map(part).unwrap_or_default();
    let from = filled.text(|form| &form.hours_from, || hours(|hours| clock(hours.from)));
    let until = filled.text(|form| &form.hours_until, || hours(|hours| clock(hours.until)));
    let zone = filled.text(|form| &form.zone, || hours(|hours| hours.zone.clone()));
    let networks = || asked.networks.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let networks = filled.text(|form| &form.networks, networks);
    view! {
        <fieldset>
            <legend>"At which hours"</legend>
            <p class="soft">"With no day and no time it counts always. Outside its hours the holder sees and does nothing by it, and what is not sent by then is not sent."</p>
            <div class="row">{days}</div>
            {line("time", "hours_from", "From", "", from, false)}
            {line("time", "hours_until", "Until", "Where it is no later than the beginning: on the day after.", until, false)}
            {line("text", "zone", "On the clocks of", "A time zone such as Europe/Berlin. Empty for UTC.", zone, false)}
        </fieldset>
        {area("networks", "From which networks", "Such as 10.20.0.0/16 or 2001:db8::/32, one in a line. Empty for every network.", networks)}
    }
    .into_any()
}

fn listed(groups: &BTreeSet<(SiteId, GroupId)>) -> String {
    groups.iter().map(|(site, group)| format!("{site}/{group}")).collect::<Vec<_>>().join("\n")
}

fn lines(words: &BTreeSet<String>) -> String {
    words.iter().cloned().collect::<Vec<_>>().join("\n")
}

fn number(limit: Option<u32>) -> String {
    limit.map(|limit| limit.to_string()).unwrap_or_default()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
