//! The figures of the whole program, measured on the pretend tenant; those of the directory alone are a benchmark of
//! `operations`. Both are `scripts/bench`.
//!
//! Times depend on the machine, so they are told and not held to a limit. What is held to one is a ratio of two things
//! measured in this very run, or a count.

#![allow(clippy::unwrap_used, missing_docs)]

mod activity;
mod changes;
mod house;
mod pages;

use std::time::{Duration, Instant};

use model::Moment;
use operations::{Caller, Fresh};

use house::House;

/// People in the pretend tenant, the size that the promises name.
const PEOPLE: usize = 100_000;

#[tokio::main]
async fn main() {
    let people =
        std::env::var("STEWARD_BENCH_PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(PEOPLE);
    // Words behind the command choose parts; cargo adds flags of its own.
    let chosen: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_chosen = |part: &str| chosen.is_empty() || chosen.iter().any(|word| word == part);
    println!("pretend tenant with {people} people\n");
    let house = House::start(people).await;
    let caller = caller(&house).await;
    if is_chosen("pages") || is_chosen("changes") {
        house.know_everyone(&caller).await;
    }
    if is_chosen("pages") {
        pages::compare(&house).await;
    }
    if is_chosen("changes") {
        changes::many(&house, &caller).await;
    }
    if is_chosen("activity") {
        activity::write(&house);
        activity::read(&house, &caller).await;
    }
}

/// The administrator, signed in.
async fn caller(house: &House) -> Caller {
    let now = Moment::from(time::OffsetDateTime::now_utc());
    let fresh = Fresh { request: "bench".to_owned(), now, lasts_seconds: 28_800 };
    let token = house.token().to_owned().into();
    let account = house.web.operations.sign_in(&fresh, &token).await.unwrap();
    Caller::administrator(account, "bench".to_owned(), now)
}

/// One line of the report.
fn tell(what: &str, figure: String) {
    println!("{what:<62} {figure:>20}");
}

fn since(began: Instant) -> String {
    format!("{:.2} s", began.elapsed().as_secs_f64())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}
