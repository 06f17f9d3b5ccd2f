//! The seats of the tenant as four tiles.

use leptos::prelude::*;
use model::{
    Aged,
    licences::{TenantSeats, Tier},
};

use crate::parts::{
    bars::fullness,
    explained::Beside,
    text::{number, percent},
};

/// The people of the tenant by the seat they take.
#[component]
pub fn SeatTiles(
    /// The counts.
    seats: Aged<TenantSeats>,
) -> impl IntoView {
    let Aged { value, stale, .. } = seats;
    let whole: u64 = Tier::ALL.iter().map(|tier| value.seats.of(*tier)).sum();
    let tiles = Tier::ALL.map(|tier| {
        let people = value.seats.of(tier);
        let note = match tier {
            Tier::Unlicensed => "people without a seat".to_owned(),
            _ => format!("{} % of the tenant's people", percent(people, whole)),
        };
        view! {
            <div class="card tile">
                <dt class="key"><span class=format!("dot {}", tier.class())></span>{tier.word()}</dt>
                <dd>
                    <b>{number(people)}</b>
                    {fullness(people, whole, tier.class())}
                    <small>{note}</small>
                </dd>
            </div>
        }
        .into_any()
    });
    view! {
        {stale.map(|problem| view! { <Beside what="The tenant's counts are older than they should be." problem/> })}
        <section aria-labelledby="seats-title">
            <h2 id="seats-title" class="hidden">"Licences in use in the tenant"</h2>
            <dl class="tiles">{tiles.into_iter().collect_view()}</dl>
        </section>
    }
}
