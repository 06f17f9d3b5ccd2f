//! What a row asks of a site's role limits.

use serde::{Deserialize, Serialize};

use crate::{
    SiteId,
    licences::{RoleLimit, RoleLimits, Tier},
};

/// What is wanted of the role limits of one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsWish {
    /// The site.
    pub site: SiteId,
    /// For Creator.
    pub creators: LimitWish,
    /// For Explorer.
    pub explorers: LimitWish,
    /// For Viewer.
    pub viewers: LimitWish,
}

/// What is wanted of one limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitWish {
    /// As it is.
    #[default]
    Keep,
    /// The limit of the cloud: the site sets none of its own.
    Cloud,
    /// So many people at most.
    AtMost(u64),
}

impl LimitWish {
    /// The limit once this is carried out.
    pub fn onto(self, limit: RoleLimit) -> RoleLimit {
        match self {
            Self::Keep => limit,
            Self::Cloud => RoleLimit::of_the_cloud(),
            Self::AtMost(number) => RoleLimit::at_most(number),
        }
    }

    fn is_met_by(self, limit: RoleLimit) -> bool {
        match self {
            Self::Keep => true,
            Self::Cloud => limit.own().is_none(),
            Self::AtMost(number) => limit.own() == Some(number),
        }
    }
}

impl LimitsWish {
    /// What is wanted for one tier.
    pub fn of(&self, tier: Tier) -> LimitWish {
        match tier {
            Tier::Creator => self.creators,
            Tier::Explorer => self.explorers,
            Tier::Viewer => self.viewers,
            Tier::Unlicensed => LimitWish::Keep,
        }
    }

    /// Whether nothing at all is asked for.
    pub fn asks_nothing(&self) -> bool {
        Tier::SEATS.iter().all(|tier| self.of(*tier) == LimitWish::Keep)
    }

    /// All three limits once this is carried out, from those that are read.
    pub fn onto(&self, limits: &RoleLimits) -> RoleLimits {
        RoleLimits {
            creators: self.creators.onto(limits.creators),
            explorers: self.explorers.onto(limits.explorers),
            viewers: self.viewers.onto(limits.viewers),
        }
    }

    /// Whether these limits are those wanted.
    pub fn is_met_by(&self, limits: &RoleLimits) -> bool {
        Tier::SEATS.iter().all(|tier| self.of(*tier).is_met_by(limits.of(*tier)))
    }

    /// These limits, as far as this wish is about them, in words.
    pub fn now(&self, limits: &RoleLimits) -> String {
        let told =
            Tier::SEATS.into_iter().filter(|tier| self.of(*tier) != LimitWish::Keep).map(|tier| match limits
                .of(tier)
                .own()
            {
                Some(number) => format!("{} {number}", tier.word()),
                None => format!("{} as the cloud", tier.word()),
            });
        told.collect::<Vec<_>>().join(", ")
    }

    /// The limits wanted, in the words of [`LimitsWish::now`].
    pub fn goal(&self) -> String {
        self.now(&self.onto(&RoleLimits::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_changes_and_is_told() {
        let wish = LimitsWish {
            site: SiteId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap(),
            creators: LimitWish::AtMost(40),
            explorers: LimitWish::Keep,
            viewers: LimitWish::Cloud,
        };
        let before = RoleLimits {
            creators: RoleLimit::of_the_cloud(),
            explorers: RoleLimit::at_most(7),
            viewers: RoleLimit::at_most(9),
        };
        assert_eq!(wish.now(&before), "Creator as the cloud, Viewer 9");
        assert_eq!(wish.goal(), "Creator 40, Viewer as the cloud");
        let after = wish.onto(&before);
        assert_eq!(after.explorers, before.explorers);
        assert!(wish.is_met_by(&after) && !wish.is_met_by(&before) && !wish.asks_nothing());
        let kept = serde_json::to_string(&crate::plan::Wish::Limits(wish)).unwrap();
        assert_eq!(
            serde_json::from_str::<crate::plan::Wish>(&kept).unwrap(),
            crate::plan::Wish::Limits(wish)
        );
    }
}
