//! The activity log: what happened, hour by hour, in files of one kind of event each.
//!
//! The paths name the kind of event, the day and the hour, as the vendor's own loader reads them. Records have the
//! attributes of the vendor's page of tenant events, and not the kind of event itself, which that page does not list.

mod content;

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

pub(crate) use content::Content;

use super::State;
use super::clock::Stamp;
use super::people::Person;
use super::random::Random;

/// Something that was asked of the API.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) at: OffsetDateTime,
    pub(crate) kind: &'static str,
    pub(crate) outcome: &'static str,
    pub(crate) by: Option<Uuid>,
    pub(crate) session: Option<Uuid>,
    pub(crate) url: String,
    pub(crate) user_agent: String,
}

/// A file that a test put into the log.
#[derive(Debug, Clone)]
pub(crate) struct ExtraFile {
    pub(crate) kind: String,
    pub(crate) hour: OffsetDateTime,
    pub(crate) content: Content,
}

/// Which files are wanted.
pub(crate) struct Wanted<'a> {
    pub(crate) site: Option<Uuid>,
    pub(crate) from: OffsetDateTime,
    pub(crate) to: OffsetDateTime,
    pub(crate) kind: Option<&'a str>,
}

/// Beyond this the oldest events go, so that a long demo cannot fill the memory.
const MOST_EVENTS: usize = 100_000;
/// How far the pretend past goes back.
const PAST: Duration = Duration::days(45);

/// Kinds of events of the pretend past of a tenant, with how often they come.
const OF_TENANT: &[(&str, u64)] = &[
    ("get_sites", 30),
    ("get_users", 24),
    ("personal_access_token_login", 18),
    ("user_login_create_session", 10),
    ("update_user_site_role", 9),
    ("create_user", 4),
    ("list_personal_access_tokens", 3),
    ("delete_user", 1),
    ("site_limits_change", 1),
];
/// Kinds of events of a site. The vendor's list is long; these words are our choice.
const OF_SITE: &[(&str, u64)] = &[
    ("login", 40),
    ("logout", 20),
    ("access_workbook", 60),
    ("publish_workbook", 6),
    ("update_permissions", 3),
];

impl State {
    /// Remembers an event.
    pub(crate) fn happened(&mut self, event: Event) {
        if self.events.len() == MOST_EVENTS {
            self.events.remove(0);
        }
        self.events.push(event);
    }

    /// The files of the log, oldest first, with their sizes.
    pub(crate) fn log_listing(&self, wanted: &Wanted<'_>) -> Vec<(String, usize)> {
        let from = hour_of(wanted.from);
        let mut found = BTreeMap::new();
        let mut hour = from.max(hour_of(self.now - PAST));
        while hour <= wanted.to {
            for (kind, content) in self.hour(wanted.site, hour, usize::MAX) {
                if wanted.kind.is_none_or(|wanted| wanted == kind) {
                    found.insert((hour, kind.clone()), (self.path(wanted.site, &kind, hour), content.len()));
                }
            }
            hour += Duration::HOUR;
        }
        found.into_values().collect()
    }

    /// What is in a file, by its path, as it was after so many live events: an address leads to the file that it was
    /// made for, though the hour goes on.
    pub(crate) fn log_file(&self, path: &str, live: usize) -> Option<Content> {
        let mut parts = path.split('/');
        let site = match (parts.next()?, Uuid::parse_str(parts.next()?).ok()?) {
            ("tenant", id) if id == self.tenant.id => None,
            ("site", id) => Some(self.site(id)?.id),
            _ => return None,
        };
        let kind = parts.next()?.strip_prefix("eventType=")?;
        let numbers: Vec<u32> = parts.by_ref().take(4).filter_map(|part| part.parse().ok()).collect();
        let [year, month, day, hour] = numbers.try_into().ok()?;
        let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date =
            time::Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
        let at = date.with_hms(u8::try_from(hour).ok()?, 0, 0).ok()?.assume_utc();
        self.hour(site, at, live).remove(kind)
    }

    fn path(&self, site: Option<Uuid>, kind: &str, hour: OffsetDateTime) -> String {
        let whose = site.map_or_else(|| format!("tenant/{}", self.tenant.id), |site| format!("site/{site}"));
        let (year, month, day) = (hour.year(), u8::from(hour.month()), hour.day());
        format!("{whose}/eventType={kind}/{year:04}/{month:02}/{day:02}/{:02}/activity.json", hour.hour())
    }

    /// Everything of one hour that is in the log by now, by kind of event.
    fn hour(&self, site: Option<Uuid>, hour: OffsetDateTime, live: usize) -> BTreeMap<String, Content> {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let written = self.now - self.settings.log_delay;
        for event in past(site, hour, &self.people) {
            if event.at <= written {
                files.entry(event.kind.to_owned()).or_default().push_str(&self.line(site, &event));
            }
        }
        if site.is_none() {
            let live = self
                .events
                .iter()
                .take(live)
                .filter(|event| hour_of(event.at) == hour && event.at <= written);
            for event in live {
                files.entry(event.kind.to_owned()).or_default().push_str(&self.line(None, event));
            }
        }
        let whole = |(kind, text)| (kind, Content::Whole(Bytes::from(text)));
        let mut files: BTreeMap<String, Content> = files.into_iter().map(whole).collect();
        if site.is_none() {
            for file in self.log_files.iter().filter(|file| hour_of(file.hour) == hour) {
                files.insert(file.kind.clone(), file.content.clone());
            }
        }
        files
    }

    fn line(&self, site: Option<Uuid>, event: &Event) -> String {
        let mut record = match site {
            Some(site) => site_record(site, event),
            None => self.tenant_record(event),
        };
        if let Some(record) = record.as_object_mut() {
            record.retain(|_, value| !value.is_null());
        }
        format!("{record}\n")
    }

    fn tenant_record(&self, event: &Event) -> Value {
        let person = event.by.and_then(|id| self.person(id));
        json!({
            "eventTime": Stamp(event.at).to_string(),
            "eventOutcome": event.outcome,
            "initiatingUserId": event.by,
            "initiatingUserDisplayName": person.map(|person| person.display_name.to_string()),
            "initiatingUserEmail": person.map(|person| person.email().to_owned()),
            "tenantId": self.tenant.id,
            "initiatingSessionId": event.session,
            "initiatingUrl": event.url,
            "initiatingUserAgent": event.user_agent,
            "initiatingUserIpAddress": "203.0.113.7",
        })
    }
}

/// Ids are whole numbers with a text (`…Luid`) beside them, and neither names, addresses nor programs are told.
///
/// Vendor: "Activity Log Site Event Type Reference", common attributes. Some events tell `isError` and no outcome.
fn site_record(site: Uuid, event: &Event) -> Value {
    let number = event.by.map(|id| id.as_u128() % 90_000 + 10_000);
    let number = number.and_then(|number| u32::try_from(number).ok());
    let is_older = event.kind == "update_permissions";
    json!({
        "eventTime": Stamp(event.at).to_string(),
        "eventOutcome": (!is_older).then_some(event.outcome),
        "isError": is_older.then_some(event.outcome != "success"),
        "initiatingUserId": number,
        "initiatingUserLuid": event.by,
        "actorUserId": number,
        "actorUserLuid": event.by,
        "serviceName": "vizportal",
        "siteLuid": site,
        "systemAdminLevel": 0,
    })
}

/// What the pretend past has in an hour: the same whenever it is asked for.
fn past(site: Option<Uuid>, hour: OffsetDateTime, people: &[Person]) -> Vec<Event> {
    let name = format!("{site:?} {}", hour.unix_timestamp());
    let mut random = Random::new(7).branch(&name);
    // Nights are quiet.
    let most = if (7..19).contains(&hour.hour()) { 6 } else { 2 };
    (0..random.below(most))
        .map(|_| {
            let (kind, by, agent) = match site {
                None => {
                    (random.weighted(OF_TENANT), &people[random.place(2)], "Mozilla/5.0 (Windows NT 10.0)")
                }
                Some(_) => (random.weighted(OF_SITE), random.pick(people), ""),
            };
            Event {
                at: hour + Duration::seconds(random.below(3_600) as i64),
                kind,
                outcome: if random.percent(6) { "client_error" } else { "success" },
                by: Some(by.id),
                session: Some(random.uuid()),
                url: "https://cloudmanager.tableau.com/".to_owned(),
                user_agent: agent.to_owned(),
            }
        })
        .collect()
}

/// The beginning of its hour.
fn hour_of(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_time(time::Time::from_hms(at.hour(), 0, 0).unwrap_or(time::Time::MIDNIGHT))
}

/// Which event a request is, by the vendor's words. What is not among them leaves no trace in the log.
pub(crate) fn kind_of(method: &str, path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    Some(match (method, parts.as_slice()) {
        ("POST", ["api", "v1", "pat", "login"]) => "personal_access_token_login",
        ("GET", ["api", "v1", "pat"]) => "list_personal_access_tokens",
        ("POST", ["api", "v1", "pat"]) => "create_personal_access_token",
        ("DELETE", ["api", "v1", "pat", _]) => "revoke_personal_access_token",
        ("DELETE", ["api", "v2", "sessions"]) => "revoke_session",
        ("PUT", ["api", "v1", "oidc-configurations", _]) => "create_or_update_oidc_config",
        ("DELETE", ["api", "v1", "oidc-configurations", _]) => "delete_oidc_config",
        ("PUT", ["api", "v1", "tenants", _, "terms-and-conditions"]) => "update_tenant",
        ("GET" | "POST", ["api", "v1", "tenants", _, "activitylog"]) => "tcm_activity_log_access",
        ("GET", ["api", "v1", "tenants", _, "sites", ..]) => "get_sites",
        ("POST", ["api", "v1", "tenants", _, "sites"]) => "create_site",
        ("DELETE", ["api", "v1", "tenants", _, "sites", _]) => "suspend_site",
        ("PATCH", ["api", "v1", "tenants", _, "sites", _]) => "site_limits_change",
        ("POST", ["api", "v1", "tenants", _, "sites", _, "reactivate"]) => "reactivate_site",
        ("GET", ["api", "v1", "tenants", _, "users", ..]) => "get_users",
        ("POST", ["api", "v1", "tenants", _, "users"]) => "create_user",
        ("PATCH", ["api", "v1", "tenants", _, "users", _]) => "update_user",
        ("DELETE", ["api", "v1", "tenants", _, "users", _]) => "delete_user",
        ("POST", ["api", "v1", "tenants", _, "bulk", "users", "import"]) => "update_user_site_role",
        ("POST", ["api", "v1", "tenants", _, "bulk", "users", "delete"]) => "delete_user",
        _ => return None,
    })
}

/// The vendor's word for how a request ended.
pub(crate) fn outcome_of(status: u16) -> &'static str {
    match status {
        0..400 => "success",
        401 | 403 => "unauthorized",
        400..500 => "client_error",
        _ => "internal_error",
    }
}
