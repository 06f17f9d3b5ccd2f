//! What people tell Steward about licences: purchased seats, and from which part on a limit is worth a word.

use serde::{Deserialize, Serialize};

use super::{
    RoleLimits, Seats, Tier,
    history::{CountOf, CountedSite, SeatCount},
};
use crate::Moment;

/// The largest number of seats that can be typed in.
pub const PURCHASED_AT_MOST: u64 = 10_000_000;
/// The most thresholds there can be.
pub const THRESHOLDS_AT_MOST: usize = 5;

/// Something that somebody set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Set<T> {
    /// What.
    pub value: T,
    /// Who, by name.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// Seats that were bought. Tableau's API tells no total, so somebody types them in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Purchased {
    /// Creator seats; `None` where nobody said.
    pub creators: Option<u64>,
    /// Explorer seats.
    pub explorers: Option<u64>,
    /// Viewer seats.
    pub viewers: Option<u64>,
}

impl Purchased {
    /// Those of one tier.
    pub fn of(&self, tier: Tier) -> Option<u64> {
        match tier {
            Tier::Creator => self.creators,
            Tier::Explorer => self.explorers,
            Tier::Viewer => self.viewers,
            Tier::Unlicensed => None,
        }
    }

    /// In words, for the audit log: `240 Creator, 600 Explorer, no word on Viewer`.
    pub fn words(&self) -> String {
        let word = |tier: Tier| match self.of(tier) {
            Some(seats) => format!("{seats} {}", tier.word()),
            None => format!("no word on {}", tier.word()),
        };
        Tier::SEATS.map(word).join(", ")
    }
}

/// From which parts of a limit on there is a word: percent, rising.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Thresholds(Vec<u8>);

impl Default for Thresholds {
    fn default() -> Self {
        Self(vec![80, 90, 100])
    }
}

impl Thresholds {
    /// Reads `80, 90, 100`. From one to five whole percents between 1 and 100; nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = text.split([',', ';', ' ', '/']).map(|part| part.trim().trim_end_matches('%'));
        let mut percents = Vec::new();
        for part in parts.filter(|part| !part.is_empty()) {
            percents.push(part.parse::<u8>().ok().filter(|percent| (1..=100).contains(percent))?);
        }
        percents.sort_unstable();
        percents.dedup();
        (1..=THRESHOLDS_AT_MOST).contains(&percents.len()).then_some(Self(percents))
    }

    /// The percents, rising.
    pub fn percents(&self) -> &[u8] {
        &self.0
    }

    /// `80, 90, 100`.
    pub fn words(&self) -> String {
        self.0.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The highest one that so many of so many have reached; 0 for none. Nobody of nothing reaches nothing.
    pub fn passed(&self, used: u64, limit: u64) -> u8 {
        let reached =
            |percent: u8| used > 0 && u128::from(used) * 100 >= u128::from(limit) * u128::from(percent);
        self.0.iter().copied().filter(|percent| reached(*percent)).max().unwrap_or(0)
    }
}

/// What somebody set of a tenant's licences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeatSettings {
    /// Purchased seats; `None` while nobody typed them in.
    pub purchased: Option<Set<Purchased>>,
    /// Thresholds; `None` for the usual ones.
    pub thresholds: Option<Set<Thresholds>>,
}

impl SeatSettings {
    /// The thresholds in force.
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds.as_ref().map(|set| set.value.clone()).unwrap_or_default()
    }

    /// The purchased seats of one tier.
    pub fn purchased(&self, tier: Tier) -> Option<u64> {
        self.purchased.as_ref()?.value.of(tier)
    }
}

/// A limit beside its use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Of the tenant, or of which site.
    pub of: CountOf,
    /// The site's name; empty for the tenant.
    pub name: String,
    /// The kind of seat.
    pub tier: Tier,
    /// People who have it.
    pub used: u64,
    /// How many may.
    pub limit: u64,
    /// The highest threshold that is passed; 0 for none.
    pub passed: u8,
}

/// Every limit there is beside its use: purchased seats of the tenant, role limits of sites.
pub fn filled(counts: &[SeatCount], sites: &[CountedSite], settings: &SeatSettings) -> Vec<Filled> {
    let thresholds = settings.thresholds();
    let mut all = Vec::new();
    for count in counts {
        let site = match count.of {
            CountOf::Tenant => None,
            CountOf::Site(id) => sites.iter().find(|site| site.site == id),
        };
        for tier in Tier::SEATS {
            let limit = limit(count.of, tier, settings, site.map(|site| &site.limits));
            let Some(limit) = limit else { continue };
            let used = Seats::of(&count.seats, tier);
            let name = site.map(|site| site.name.clone()).unwrap_or_default();
            all.push(Filled {
                of: count.of,
                name,
                tier,
                used,
                limit,
                passed: thresholds.passed(used, limit),
            });
        }
    }
    all
}

/// The limit of one kind of seat: purchased seats in the tenant, the role limit on a site.
pub fn limit(of: CountOf, tier: Tier, settings: &SeatSettings, limits: Option<&RoleLimits>) -> Option<u64> {
    match of {
        CountOf::Tenant => settings.purchased(tier),
        // A number beside the default of the cloud is not in force.
        CountOf::Site(_) => limits?.of(tier).own(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SiteId, licences::RoleLimit};

    #[test]
    fn thresholds_are_read_as_people_write_them_and_nonsense_is_not() {
        for text in ["80, 90, 100", "100 90 80", "80%;90%;100%", "80/90/100", "90,80,100,80"] {
            assert_eq!(Thresholds::parse(text), Some(Thresholds::default()), "{text}");
        }
        for text in ["", "0", "101", "-5", "a", "1,2,3,4,5,6", "80.5", "300"] {
            assert_eq!(Thresholds::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_highest_threshold_that_is_reached_counts() {
        let usual = Thresholds::default();
        let passed = |used, limit| usual.passed(used, limit);
        assert_eq!([passed(79, 100), passed(80, 100), passed(99, 100)], [0, 80, 90]);
        assert_eq!([passed(100, 100), passed(140, 100)], [100, 100]);
        assert_eq!([passed(0, 0), passed(1, 0)], [0, 100]);
        assert_eq!(passed(u64::MAX, u64::MAX), 100);
    }

    #[test]
    fn what_has_no_limit_is_not_filled() {
        let counts = [SeatCount { of: CountOf::Tenant, seats: Seats { creators: 9, ..Seats::default() } }];
        let value = Purchased { creators: Some(10), ..Purchased::default() };
        let at = Moment::from_seconds(0);
        let purchased = Some(Set { value, by: "Ada".to_owned(), at });
        let settings = SeatSettings { purchased, thresholds: None };
        let all = filled(&counts, &[], &settings);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].tier, all[0].used, all[0].limit, all[0].passed), (Tier::Creator, 9, 10, 90));
        assert_eq!(value.words(), "10 Creator, no word on Explorer, no word on Viewer");
    }

    #[test]
    fn a_number_beside_the_default_of_the_cloud_fills_nothing() {
        let settings = SeatSettings { purchased: None, thresholds: None };
        let beside = RoleLimit { at_most: Some(9), cloud_default: Some(true) };
        let limits = RoleLimits {
            creators: beside,
            explorers: RoleLimit::at_most(9),
            viewers: RoleLimit::of_the_cloud(),
        };
        let of = |tier| limit(CountOf::Site(SiteId::from(uuid::Uuid::nil())), tier, &settings, Some(&limits));
        assert_eq!([of(Tier::Creator), of(Tier::Explorer), of(Tier::Viewer)], [None, Some(9), None]);
    }
}
