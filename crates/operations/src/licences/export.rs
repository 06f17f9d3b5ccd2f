//! Counts of seats as a file: every count there is, and not only what a chart draws.

use model::{
    Permission, Problem, ProblemCode,
    licences::history::{CountOf, DAY_SECONDS, SPANS},
};

use crate::{Caller, Exported, Operations, sheets};

const HEADS: [&str; 7] = ["Time", "Of", "Site id", "Creator", "Explorer", "Viewer", "Unlicensed"];

impl Operations {
    /// Every count of the last days, of one place or, without one, of the tenant and all its sites.
    pub async fn export_seats(
        &self,
        caller: &Caller,
        of: Option<CountOf>,
        days: i64,
    ) -> Result<Exported, Problem> {
        caller.must(Permission::SeeTenant)?;
        if !SPANS.contains(&days) {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let (store, tenant) = (&self.0.store, caller.tenant());
        let since = caller.now.plus_seconds(-days * DAY_SECONDS);
        let failed = |error| caller.store_problem(&error);
        let mut sites = store.seat_sites(tenant).await.map_err(failed)?;
        sites.retain(|it| caller.sees_count(CountOf::Site(it.site)));
        let counts = match of {
            None => store.all_seat_counts(tenant, since).await,
            Some(of) => {
                if of == CountOf::Tenant {
                    caller.must_count(of)?;
                }
                if let CountOf::Site(id) = of
                    && sites.iter().all(|site| site.site != id)
                {
                    return Err(caller.problem(ProblemCode::SiteNotFound));
                }
                let counts = store.seat_counts(tenant, of, since).await;
                counts.map(|counts| counts.into_iter().map(|count| (of, count)).collect())
            }
        };
        let counts = counts.map_err(failed)?.into_iter().filter(|(of, _)| caller.sees_count(*of));
        let rows = counts.map(|(of, count)| {
            let (name, id) = match of {
                CountOf::Tenant => ("Tenant".to_owned(), String::new()),
                CountOf::Site(id) => {
                    let site = sites.iter().find(|site| site.site == id);
                    (site.map_or_else(|| id.to_string(), |site| site.name.clone()), id.to_string())
                }
            };
            let seats = count.seats;
            let numbers = [seats.creators, seats.explorers, seats.viewers, seats.unlicensed];
            [count.at.machine(), name, id]
                .into_iter()
                .chain(numbers.map(|number| number.to_string()))
                .collect()
        });
        Ok(Exported {
            name: format!("licences-{days}-days-{}.csv", caller.now.machine().replace(':', "")),
            media: "text/csv; charset=utf-8",
            bytes: sheets::write::export_csv(&HEADS, rows),
        })
    }
}
