//! News: a word to the tenant's own address when a threshold is passed.

use std::time::Duration;

use model::{
    Moment, TenantId,
    licences::{
        Tier,
        history::CountOf,
        keeping::{Filled, filled},
        news::{NewsKind, PAUSES, Tried, Try},
    },
};
use serde::Serialize;
use store::{DueNews, NewNews};
use tracing::{info, warn};
use uuid::Uuid;

use crate::{Operations, caller::clock, problems::Chain};

/// How often it is looked whether news are due that nobody rang for: after a restart, and on other replicas.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How long a sender may take before another may try.
const LEASE_SECONDS: i64 = 60;
/// News that ended are kept so long.
const KEPT_SECONDS: i64 = 400 * 86_400;

/// The message that is sent. It names no person.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    event: &'static str,
    id: Uuid,
    at: String,
    tenant: TenantId,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Limit<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limit<'a> {
    of: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<model::SiteId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_name: Option<&'a str>,
    seat: &'static str,
    used: u64,
    limit: u64,
    threshold_percent: u8,
}

impl Operations {
    /// Compares the newest count with every limit. A threshold that was passed since the last look becomes news; one
    /// that is no longer passed is noted, so that it can be told again.
    pub(crate) async fn weigh(&self, tenant: TenantId, now: Moment) -> Result<(), store::Error> {
        let store = &self.0.store;
        let Some((_, counts)) = store.last_seats(tenant).await? else { return Ok(()) };
        let (sites, settings) = (store.seat_sites(tenant).await?, store.seat_settings(tenant).await?);
        let mut known = store.seat_alarms(tenant).await?;
        let mut rang = false;
        for now_filled in filled(&counts, &sites, &settings) {
            let key = (now_filled.of, now_filled.tier);
            let before = known.remove(&key).unwrap_or(0);
            if before == now_filled.passed {
                continue;
            }
            let news = (now_filled.passed > before).then(|| passed(tenant, &now_filled, now));
            rang |= news.is_some();
            store.move_alarm(tenant, key, (before, now_filled.passed), news, now).await?;
        }
        // A limit that was taken away, and a site that is gone, have nothing to pass.
        for (key, before) in known.into_iter().filter(|(_, before)| *before > 0) {
            store.move_alarm(tenant, key, (before, 0), None, now).await?;
        }
        if rang {
            self.0.news_bell.notify_one();
        }
        Ok(())
    }

    pub(crate) async fn weigh_or_warn(&self, tenant: TenantId, now: Moment) {
        if let Err(error) = self.weigh(tenant, now).await {
            warn!(%tenant, error = %Chain(&error), "Counts could not be compared with their limits; the next count does");
        }
    }

    /// Sends news as they come up, until the program stops.
    pub async fn send_news_by_itself(&self) {
        let mut swept = None;
        loop {
            let now = clock();
            self.send_news(now).await;
            if swept != Some(now.day()) {
                swept = Some(now.day());
                if let Err(error) = self.0.store.sweep_news(now.plus_seconds(-KEPT_SECONDS)).await {
                    warn!(error = %Chain(&error), "Old news could not be erased");
                }
            }
            tokio::select! {
                () = self.0.news_bell.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Sends what is due, each once. What fails waits longer and longer, over restarts too, and is given up at last.
    pub async fn send_news(&self, now: Moment) {
        loop {
            match self.0.store.take_news(now, LEASE_SECONDS).await {
                Ok(Some(due)) => {
                    if let Err(error) = self.send_one(&due, now.max(clock())).await {
                        warn!(news = %due.id, error = %Chain(&error), "What became of news could not be written down");
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) => return warn!(error = %Chain(&error), "News could not be looked for"),
            }
        }
    }

    async fn send_one(&self, due: &DueNews, now: Moment) -> Result<(), store::Error> {
        let tried = match self.0.store.open_hook(due.tenant).await {
            Ok(Some((hook, secret))) => {
                let message = hooks::Message { id: due.id, body: &due.body, secret: &secret, now };
                self.hooks().send(&hook, &message).await
            }
            // Somebody took the address away a moment ago, and the news with it.
            Ok(None) => return Ok(()),
            Err(error) => {
                warn!(news = %due.id, error = %Chain(&error), "The secret of the address for news cannot be opened");
                Tried { at: now, outcome: Try::NoSecret, milliseconds: 0 }
            }
        };
        let pause = PAUSES.get(usize::try_from(due.tried).unwrap_or(usize::MAX));
        let next = pause.filter(|_| !tried.outcome.is_taken()).map(|pause| now.plus_seconds(*pause));
        match self.0.store.news_tried(due, &tried, next).await {
            // It was dropped meanwhile.
            Err(store::Error::Fenced) => {
                info!(news = %due.id, "News were dropped while they were sent");
                Ok(())
            }
            written => written,
        }
    }

    /// The way to addresses outside.
    pub(crate) fn hooks(&self) -> &hooks::Hooks {
        self.0.hooks.get_or_init(hooks::Hooks::default)
    }
}

/// A message that only says that messages arrive.
pub(super) fn test(tenant: TenantId, now: Moment) -> NewNews {
    news(tenant, NewsKind::Test, "A test".to_owned(), None, now)
}

fn passed(tenant: TenantId, filled: &Filled, now: Moment) -> NewNews {
    let (of, site) = match filled.of {
        CountOf::Tenant => ("tenant", None),
        CountOf::Site(site) => ("site", Some(site)),
    };
    let place = if filled.name.is_empty() { "the tenant" } else { filled.name.as_str() };
    let seat = Tier::word(filled.tier);
    let told = format!("{seat} in {place}: {} of {}, {} % passed", filled.used, filled.limit, filled.passed);
    let limit = Limit {
        of,
        site,
        site_name: site.map(|_| filled.name.as_str()),
        seat,
        used: filled.used,
        limit: filled.limit,
        threshold_percent: filled.passed,
    };
    news(tenant, NewsKind::Passed, told, Some(limit), now)
}

fn news(tenant: TenantId, kind: NewsKind, told: String, limit: Option<Limit<'_>>, now: Moment) -> NewNews {
    let id = Uuid::now_v7();
    let body = Body { event: kind.word(), id, at: now.machine(), tenant, limit };
    NewNews { id, kind, told, body: serde_json::to_string(&body).unwrap_or_default(), now }
}
