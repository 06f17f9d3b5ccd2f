//! The figures of the directory, measured on the pretend tenant: reading everyone, finding somebody, and what a person
//! costs in memory. It is a part of `scripts/bench`, and needs neither pages nor a port of its own.

#![allow(missing_docs)]

mod figures;
mod house;

use std::time::{Duration, Instant};

use house::House;

/// Counts what is allocated, but only while the memory of the directory is measured.
#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// People in the pretend tenant, the size that the promises name.
const PEOPLE: usize = 100_000;

#[tokio::main]
async fn main() {
    let people =
        std::env::var("STEWARD_BENCH_PEOPLE").ok().and_then(|text| text.parse().ok()).unwrap_or(PEOPLE);
    println!("pretend tenant with {people} people\n");
    let house = House::start(people).await;
    let caller = house.caller().await;
    figures::load(&house, &caller).await;
    figures::search(&house, &caller).await;
    figures::orders(&house, &caller).await;
    figures::memory(&house, &caller).await;
}

/// One line of the report.
fn tell(what: &str, figure: String) {
    println!("{what:<62} {figure:>20}");
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

fn since(began: Instant) -> String {
    format!("{:.2} s", began.elapsed().as_secs_f64())
}
