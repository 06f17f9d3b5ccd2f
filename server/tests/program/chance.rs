//! Promise 3 in small: whatever goes wrong, no act is applied twice, and the log never claims what is not so.

use model::audit::ActState;
use simulator::{Fault, FaultKind};

use crate::house::House;

/// The same seed gives the same bad days.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        // SplitMix64: small, and good enough to pick days.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn fault(&mut self) -> Fault {
        let fault = match self.below(10) {
            0 => Fault::status(500),
            1 => Fault::status(502),
            2 => Fault::status(504),
            3 => Fault::new(FaultKind::Reset),
            4 => Fault::new(FaultKind::Truncated),
            5 => Fault::new(FaultKind::Html),
            6 => Fault::status(503).body("upstream"),
            7 => Fault::status(403).body("<html>a proxy says no</html>"),
            // A refusal in the vendor's own words is never a lie, so it is never applied.
            8 => return Fault::status(409),
            _ => return Fault::status(429).retry_after("1"),
        };
        if self.below(2) == 0 { fault.applied() } else { fault }
    }
}

#[tokio::test]
async fn two_hundred_bad_days_apply_nothing_twice_and_claim_nothing_wrong() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let mut chance = Chance(42);
    let sites = house.active_sites();
    let mut seen = [0_u32; 3];
    for day in 0..200 {
        let site = &sites[chance.below(sites.len() as u64) as usize];
        let suspends = house.status_of(site) == "Active";
        let (turn, to) = if suspends { ("suspend", "Suspended") } else { ("reactivate", "Active") };
        let ticket = visitor.ticket(&site.id, turn).await;
        let method = if suspends { "DELETE" } else { "POST" };
        house.world().inject(chance.fault().on(method, "/sites/").times(1));
        if chance.below(4) == 0 {
            // The look afterwards fails as well.
            house.world().inject(Fault::status(500).on("GET", "/sites").after(1).times(2));
        }
        let (sent, applied) = (house.sent_changes(), house.applied());
        let fields =
            [("site", site.id.as_str()), ("ticket", &ticket), ("reason", "Test"), ("typed", &site.name)];
        visitor.api(reqwest::Method::POST, &format!("/api/sites/{turn}"), &fields).await;
        house.world().clear_faults();
        let (sent, applied) = (house.sent_changes() - sent, house.applied() - applied);
        let act = house.audit().await.swap_remove(0);
        assert_eq!(act.act.to_string(), ticket, "day {day}");
        assert!(sent <= 1 && applied <= 1, "day {day}: sent {sent}, applied {applied}");
        match act.state {
            ActState::Done => {
                assert_eq!((applied, house.status_of(site).as_str()), (1, to), "day {day}");
                seen[0] += 1;
            }
            ActState::Failed => {
                assert_eq!(applied, 0, "day {day}");
                assert_ne!(house.status_of(site), to, "day {day}");
                seen[1] += 1;
            }
            ActState::Unknown => seen[2] += 1,
            state => panic!("day {day}: {state:?}"),
        }
    }
    assert!(seen.iter().all(|times| *times > 10), "done, failed, unknown: {seen:?}");
    assert!(house.store.audit_verify().await.unwrap().broken_at.is_none());
}
