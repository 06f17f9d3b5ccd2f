//! What frees a seat: one person, the seat they take, and every site that holds it up.

use model::{
    Permission, Problem, SiteId, UserId,
    licences::{
        idle::{Evidence, Seen, USUAL_DAYS, ladder},
        sheets::FreesSheet,
    },
};

use crate::{Caller, Operations, gate::ticket, people::rows};

impl Operations {
    /// What would free the seat of a person, read from Tableau just now.
    pub async fn what_frees(&self, caller: &Caller, id: &UserId) -> Result<FreesSheet, Problem> {
        caller.must(Permission::SeePeople)?;
        let person = self.read_person(caller, id).await?;
        let sites = self.all_sites(caller).await.unwrap_or_default();
        let spared = self.spared(caller).await?;
        let mut places: Vec<_> =
            person.places.iter().flatten().map(|place| rows::place(place.clone(), &sites)).collect();
        places.sort_by_cached_key(|it| (it.place.role.tier(), it.site_name.to_lowercase()));
        let on_sites: Vec<(SiteId, String)> =
            places.iter().map(|it| (it.place.site, it.site_name.clone())).collect();
        let groups = self.groups_everywhere(caller, &person.user_name, &on_sites).await;
        let seat = person.seat();
        let seen = Seen::of(person.last_sign_in, USUAL_DAYS, caller.now);
        Ok(FreesSheet {
            seat,
            rungs: ladder(person.places.as_deref().unwrap_or_default()),
            groups,
            seen,
            evidence: Evidence::of(seat, seen),
            left_out: spared.why(&person, caller.account.identities()),
            ticket: ticket(),
            as_of: caller.now,
            places,
            person,
        })
    }
}
