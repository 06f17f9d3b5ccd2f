//! Personal access tokens and the sessions that they open.

use std::collections::HashMap;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::people::{Person, SITES_ADMIN};
use super::random::Random;
use super::sites::Site;

/// Where a token or session is good for; the vendor keeps the two apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plane {
    /// Tableau Cloud Manager.
    Manager,
    /// The site API of one site.
    Site(Uuid),
}

/// A personal access token.
#[derive(Debug, Clone)]
pub(crate) struct Pat {
    pub(crate) id: Uuid,
    pub(crate) plane: Plane,
    pub(crate) name: String,
    pub(crate) secret: String,
    pub(crate) owner: Uuid,
    pub(crate) issued: OffsetDateTime,
    pub(crate) expires: OffsetDateTime,
    last_used: OffsetDateTime,
}

/// A session that a token opened.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: Uuid,
    pub(crate) token: String,
    pub(crate) plane: Plane,
    pub(crate) pat: Uuid,
    pub(crate) owner: Uuid,
    pub(crate) ends: OffsetDateTime,
    last_used: OffsetDateTime,
}

/// All tokens and all live sessions.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) pats: Vec<Pat>,
    sessions: HashMap<String, Session>,
    random: Random,
}

// Tableau help, "Tableau Cloud Manager authentication": 4 hours absolute, 30 minutes idle.
const MANAGER_LIFE: Duration = Duration::hours(4);
const MANAGER_IDLE: Duration = Duration::minutes(30);
// Salesforce help 001498381: a site session on Cloud lives for 120 minutes.
const SITE_LIFE: Duration = Duration::minutes(120);
// Salesforce help 001496614: a site token that nobody uses for 15 days lapses.
const SITE_PAT_IDLE: Duration = Duration::days(15);

/// Beyond this the session that was idle longest goes.
const MOST_SESSIONS: usize = 10_000;

impl Keys {
    pub(crate) fn build(sites: &[Site], people: &[Person], now: OffsetDateTime, random: &mut Random) -> Self {
        let mut keys = Self { pats: Vec::new(), sessions: HashMap::new(), random: random.branch("sessions") };
        let (first, second) = (people[0].id, people[SITES_ADMIN].id);
        keys.add(Plane::Manager, "steward-demo", secret(random), first, now);
        keys.add(Plane::Manager, "licence-report", secret(random), second, now);
        for site in sites {
            let name = format!("steward-{}", site.content_url);
            keys.add(Plane::Site(site.id), &name, secret(random), second, now);
        }
        keys
    }

    fn add(&mut self, plane: Plane, name: &str, secret: String, owner: Uuid, now: OffsetDateTime) {
        // 180 days is the vendor's default; 20 of them are over.
        let issued = now - Duration::days(20);
        self.add_until(plane, name, secret, owner, (issued, issued + Duration::days(180)), now);
    }

    pub(crate) fn add_until(
        &mut self,
        plane: Plane,
        name: &str,
        secret: String,
        owner: Uuid,
        (issued, expires): (OffsetDateTime, OffsetDateTime),
        now: OffsetDateTime,
    ) {
        let id = self.random.uuid();
        let name = name.to_owned();
        self.pats.push(Pat { id, plane, name, secret, owner, issued, expires, last_used: now });
    }

    /// Makes a token for Tableau Cloud Manager.
    pub(crate) fn make(
        &mut self,
        name: &str,
        owner: Uuid,
        (issued, expires): (OffsetDateTime, OffsetDateTime),
    ) -> Pat {
        let (id, secret) = (self.random.uuid(), secret(&mut self.random));
        let name = name.to_owned();
        let pat = Pat { id, plane: Plane::Manager, name, secret, owner, issued, expires, last_used: issued };
        self.pats.push(pat.clone());
        pat
    }

    /// Signs in to Tableau Cloud Manager. The vendor does not say whether two sessions of one token
    /// live side by side; here they do.
    pub(crate) fn sign_in_manager(&mut self, secret: &str, now: OffsetDateTime) -> Option<Session> {
        let pat = self.pats.iter_mut().find(|pat| pat.plane == Plane::Manager && pat.secret == secret)?;
        if pat.expires <= now {
            return None;
        }
        pat.last_used = now;
        let pat = pat.clone();
        Some(self.open(&pat, now + MANAGER_LIFE, now))
    }

    /// Signs in to a site. The older session of the same token ends.
    pub(crate) fn sign_in_site(
        &mut self,
        site: Uuid,
        name: &str,
        secret: &str,
        now: OffsetDateTime,
    ) -> Option<Session> {
        let pat = self
            .pats
            .iter_mut()
            .find(|pat| pat.plane == Plane::Site(site) && pat.secret == secret && pat.name == name)?;
        if pat.expires <= now || pat.last_used + SITE_PAT_IDLE <= now {
            return None;
        }
        pat.last_used = now;
        let pat = pat.clone();
        self.sessions.retain(|_, session| session.pat != pat.id);
        Some(self.open(&pat, now + SITE_LIFE, now))
    }

    /// Another session of the same token on another site; the one it comes from ends.
    pub(crate) fn switch(&mut self, from: &Session, site: Uuid, now: OffsetDateTime) -> Session {
        self.sessions.remove(&from.token);
        let session = Session {
            id: self.random.uuid(),
            token: self.token(),
            plane: Plane::Site(site),
            ends: now + SITE_LIFE,
            last_used: now,
            ..from.clone()
        };
        self.sessions.insert(session.token.clone(), session.clone());
        session
    }

    /// Ends every session of a site, as signing in elsewhere with its tokens would; says whether there was
    /// one.
    pub(crate) fn end_site_sessions(&mut self, site: Uuid) -> bool {
        let before = self.sessions.len();
        self.sessions.retain(|_, session| session.plane != Plane::Site(site));
        self.sessions.len() < before
    }

    fn token(&mut self) -> String {
        format!("{}|{}", self.random.letters(22), self.random.letters(32))
    }

    fn open(&mut self, pat: &Pat, ends: OffsetDateTime, now: OffsetDateTime) -> Session {
        // Forgetting the dead ones here keeps the list as short as four hours of signing in.
        self.sessions.retain(|_, session| session.lives(now));
        if self.sessions.len() >= MOST_SESSIONS {
            let idlest = self.sessions.values().min_by_key(|session| session.last_used);
            let idlest = idlest.map(|session| session.token.clone()).unwrap_or_default();
            self.sessions.remove(&idlest);
        }
        let session = Session {
            id: self.random.uuid(),
            token: self.token(),
            plane: pat.plane,
            pat: pat.id,
            owner: pat.owner,
            ends,
            last_used: now,
        };
        self.sessions.insert(session.token.clone(), session.clone());
        session
    }

    /// The live session of a token, now marked as used.
    pub(crate) fn session(&mut self, token: &str, now: OffsetDateTime) -> Option<Session> {
        let session = self.sessions.get_mut(token)?;
        if !session.lives(now) {
            self.sessions.remove(token);
            return None;
        }
        session.last_used = now;
        Some(session.clone())
    }

    pub(crate) fn live_sessions(&self, wanted: impl Fn(Plane) -> bool, now: OffsetDateTime) -> usize {
        self.sessions.values().filter(|session| session.lives(now) && wanted(session.plane)).count()
    }

    pub(crate) fn end_session(&mut self, token: &str) {
        self.sessions.remove(token);
    }

    pub(crate) fn end_all_sessions(&mut self) {
        self.sessions.clear();
    }

    /// Takes a token away together with its sessions; says whether there was one.
    pub(crate) fn revoke(&mut self, secret: &str) -> bool {
        let Some(place) = self.pats.iter().position(|pat| pat.secret == secret) else {
            return false;
        };
        let pat = self.pats.remove(place);
        self.sessions.retain(|_, session| session.pat != pat.id);
        true
    }

    /// Takes one of somebody's own tokens for Tableau Cloud Manager away, with its sessions; says whether there was one.
    pub(crate) fn revoke_own(&mut self, token: Uuid, owner: Uuid) -> bool {
        let own = |pat: &Pat| pat.id == token && pat.owner == owner && pat.plane == Plane::Manager;
        let secret = self.pats.iter().find(|pat| own(pat)).map(|pat| pat.secret.clone());
        secret.is_some_and(|secret| self.revoke(&secret))
    }

    /// Takes every token for Tableau Cloud Manager away, with its sessions, as a change of how people sign in does.
    pub(crate) fn revoke_all_of_manager(&mut self) {
        self.pats.retain(|pat| pat.plane != Plane::Manager);
        self.sessions.retain(|_, session| session.plane != Plane::Manager);
    }

    /// The session of a token, without marking it as used.
    pub(crate) fn look(&self, token: &str) -> Option<&Session> {
        self.sessions.get(token)
    }

    /// Lets a token run out now; its sessions live on. Says whether there was one.
    pub(crate) fn expire(&mut self, secret: &str, now: OffsetDateTime) -> bool {
        let found = self.pats.iter_mut().find(|pat| pat.secret == secret);
        found.map(|pat| pat.expires = now).is_some()
    }
}

impl Session {
    fn lives(&self, now: OffsetDateTime) -> bool {
        let idle = self.plane == Plane::Manager && self.last_used + MANAGER_IDLE <= now;
        now < self.ends && !idle
    }
}

/// Shaped like the vendor's secrets: two parts, with characters that need care in URLs and forms.
fn secret(random: &mut Random) -> String {
    format!("{}/{}==:{}", random.letters(11), random.letters(10), random.letters(32))
}
