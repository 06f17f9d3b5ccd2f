//! What of the tenant a member sees. Lists, counts, searches and exports all work on a directory that holds nobody else.

use std::{
    collections::{HashMap, HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{
    GroupId, Permission, Problem, ProblemCode, SiteId,
    delegation::{Groups, Held, Scope, Sites},
    groups::Group,
    licences::history::CountOf,
    people::Person,
    roles::SiteRole,
    site_users::SiteUser,
};
use uuid::Uuid;

use crate::{Caller, Operations, directory::Snapshot};

/// How long the members of scoping groups are taken as read: as long as any list of a site.
const LASTS: Duration = Duration::from_secs(30);
/// Sights kept at once.
const KEPT: u64 = 1_000;

/// What one member sees.
#[derive(Debug)]
pub(crate) struct Sight {
    scopes: Vec<Scope>,
    /// The names of those in groups that scopes are made of, in small letters.
    members: HashMap<(SiteId, GroupId), HashSet<String>>,
    /// The directory as a whole, and what is seen of it.
    narrowed: Mutex<Option<(Arc<Snapshot>, Arc<Snapshot>)>>,
}

/// The sights of everybody at work, each for one account and its grants as they stand.
pub(crate) struct Sights(moka::future::Cache<(Uuid, u64), Arc<Sight>>);

impl Sights {
    pub(crate) fn new() -> Self {
        Self(moka::future::Cache::builder().max_capacity(KEPT).time_to_live(LASTS).build())
    }
}

impl Operations {
    /// What a member sees of the tenant's people; nothing to narrow for an administrator.
    pub(crate) async fn sight(&self, caller: &Caller) -> Result<Option<Arc<Sight>>, Problem> {
        self.sight_for(caller, &[]).await
    }

    /// What a member sees of the tenant's people by grants that open these as well: grants never add up.
    pub(crate) async fn sight_for(
        &self,
        caller: &Caller,
        verbs: &[Permission],
    ) -> Result<Option<Arc<Sight>>, Problem> {
        self.sight_of(caller, None, verbs).await
    }

    /// What a member sees of a site's own people.
    pub(crate) async fn sight_on(
        &self,
        caller: &Caller,
        site: &SiteId,
    ) -> Result<Option<Arc<Sight>>, Problem> {
        self.sight_of(caller, Some(*site), &[]).await
    }

    /// Only grants for which something is deposited on this plane count: whoever lends to one grant does not show what
    /// another one is about.
    async fn sight_of(
        &self,
        caller: &Caller,
        plane: Option<SiteId>,
        verbs: &[Permission],
    ) -> Result<Option<Arc<Sight>>, Problem> {
        if !caller.is_member() {
            return Ok(None);
        }
        let sees = |held: &&Held| held.opens(&[Permission::SeePeople]) && held.opens(verbs);
        let held = caller.standing().filter(sees).filter(|held| caller.is_lent(held, plane));
        let scopes: Vec<Scope> = held.map(|held| held.delegation.scope.clone()).collect();
        if scopes.is_empty() && caller.standing().any(|held| sees(&held)) {
            return Err(caller.problem(ProblemCode::NothingDeposited));
        }
        let mut hasher = DefaultHasher::new();
        // A grant that changed is another one: what was seen by the old one is not shown any more.
        serde_json::to_string(&scopes).unwrap_or_default().hash(&mut hasher);
        let key = (caller.account.id.uuid(), hasher.finish());
        if let Some(known) = self.0.sights.0.get(&key).await {
            return Ok(Some(known));
        }
        let mut members = HashMap::new();
        for (site, group) in scopes.iter().flat_map(Scope::people_groups) {
            if members.contains_key(&(*site, *group)) {
                continue;
            }
            // A group that cannot be read shows nobody: what is not known to be in scope is out.
            let told = match caller.lends(Some(*site)).next() {
                Some(_) => self.members_of(caller, site, group).await.unwrap_or_default(),
                None => Vec::new(),
            };
            let names = told.into_iter().map(|member| member.name.to_lowercase()).collect();
            members.insert((*site, *group), names);
        }
        let sight = Arc::new(Sight { scopes, members, narrowed: Mutex::default() });
        self.0.sights.0.insert(key, sight.clone()).await;
        Ok(Some(sight))
    }

    /// Refuses a site that the caller's grants do not name as if it were not there.
    pub(crate) fn must_see_site(&self, caller: &Caller, site: &SiteId) -> Result<(), Problem> {
        if caller.reaches_site(site) {
            return Ok(());
        }
        let in_scope = caller.standing().any(|held| held.delegation.scope.has_site(site));
        let code = if in_scope { ProblemCode::NothingDeposited } else { ProblemCode::SiteNotFound };
        Err(caller.problem(code))
    }
}

impl Caller {
    /// Whether a site is in scope of any grant that counts and has something to work by; all are for an administrator.
    pub(crate) fn reaches_site(&self, site: &SiteId) -> bool {
        !self.is_member() || self.standing().any(|held| self.has_site(held, site))
    }

    /// Whether a site is in scope of a grant that counts and lets sites be seen.
    pub(crate) fn sees_site(&self, site: &SiteId) -> bool {
        let sees = |held: &&Held| held.opens(&[Permission::SeeSites]);
        !self.is_member() || self.standing().filter(sees).any(|held| self.has_site(held, site))
    }

    fn has_site(&self, held: &Held, site: &SiteId) -> bool {
        let is_lent = self.is_lent(held, None) || self.is_lent(held, Some(*site));
        is_lent && held.delegation.scope.has_site(site)
    }

    /// Whether counts of seats are seen: of the tenant, or of a site, where everybody is in scope.
    pub(crate) fn sees_count(&self, of: CountOf) -> bool {
        self.counts(Permission::SeeTenant, of)
    }

    /// Whether the sets of groups of a site are seen: only where every group of the site is.
    pub(crate) fn sees_sets(&self, site: &SiteId) -> bool {
        !self.is_member()
            || self.standing().any(|held| {
                let scope = &held.delegation.scope;
                let sees = held.delegation.verbs.contains(&Permission::SeeGroups);
                self.is_lent(held, Some(*site)) && sees && scope.has_site(site) && scope.groups == Groups::All
            })
    }

    /// Whether a group of a site is in scope of any grant that counts.
    pub(crate) fn sees_group(&self, site: &SiteId, group: &Group) -> bool {
        self.knows_group(site, &group.id)
    }

    /// The same by its id alone.
    pub(crate) fn knows_group(&self, site: &SiteId, group: &GroupId) -> bool {
        !self.is_member()
            || self.standing().any(|held| {
                let scope = &held.delegation.scope;
                let scoping = scope.people_groups().any(|(on, id)| on == site && id == group);
                self.is_lent(held, Some(*site))
                    && held.delegation.verbs.contains(&Permission::SeeGroups)
                    && scope.has_site(site)
                    && (scoping || scope.has_group(site, group))
            })
    }

    /// Whether a group is among those whose people a grant that counts may change. One that only decides who is in scope
    /// is seen, and is none of them.
    pub(crate) fn keeps_group(&self, site: &SiteId, group: &GroupId) -> bool {
        !self.is_member()
            || self.standing().any(|held| {
                held.delegation.verbs.contains(&Permission::SeeGroups)
                    && held.delegation.scope.has_group(site, group)
            })
    }
}

impl Sight {
    /// Whether somebody is in scope on a site.
    pub(crate) fn sees_on(&self, user_name: &str, site: &SiteId) -> bool {
        self.scopes.iter().any(|scope| {
            let by_group = || {
                let name = user_name.to_lowercase();
                let groups = scope.people_groups().filter(|(on, _)| on == site);
                groups
                    .into_iter()
                    .any(|group| self.members.get(group).is_some_and(|names| names.contains(&name)))
            };
            scope.has_site(site) && (scope.has_name(user_name) || by_group())
        })
    }

    /// What is seen of a person: the sites on which they are in scope, and nothing of the others; nobody, where there is
    /// none.
    pub(crate) fn narrow(&self, person: Person) -> Option<Person> {
        let places = person.places?;
        let nowhere = places.is_empty();
        let seen: Vec<_> =
            places.into_iter().filter(|place| self.sees_on(&person.user_name, &place.site)).collect();
        let on_no_site = || {
            let all = |scope: &&Scope| scope.sites == Sites::All && scope.has_name(&person.user_name);
            nowhere && self.scopes.iter().any(|scope| all(&scope))
        };
        if seen.is_empty() && !on_no_site() {
            return None;
        }
        Some(Person {
            highest: seen.iter().map(|place| &place.role).max_by_key(|role| SiteRole::rank(role)).cloned(),
            site_count: u32::try_from(seen.len()).unwrap_or(u32::MAX),
            places: Some(seen),
            ..person
        })
    }

    /// Those of a site who are in scope there.
    pub(crate) fn users(&self, users: &[SiteUser], site: &SiteId) -> Vec<SiteUser> {
        users.iter().filter(|user| self.sees_on(&user.name, site)).cloned().collect()
    }

    /// The directory with nobody in it but those who are seen.
    pub(crate) fn directory(&self, whole: &Arc<Snapshot>) -> Arc<Snapshot> {
        let mut narrowed = self.narrowed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, seen)) = narrowed.as_ref()
            && Arc::ptr_eq(known, whole)
        {
            return seen.clone();
        }
        let people = (0..u32::try_from(whole.len()).unwrap_or(u32::MAX)).map(|at| whole.at(at));
        let seen: Vec<Person> = people.filter_map(|person| self.narrow(person)).collect();
        let seen = Arc::new(Snapshot::default().with(&seen, &HashSet::new()));
        *narrowed = Some((whole.clone(), seen.clone()));
        seen
    }
}
