//! How many sign-ins one network address may try.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock, clock::DefaultClock};

/// The stretch of time that the allowed number is for.
const STRETCH: Duration = Duration::from_secs(300);

/// Counts tries per network address, atomically: parallel guesses do not slip through.
pub struct Tries {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

impl Tries {
    /// So many tries in five minutes.
    pub fn new(at_most: NonZeroU32) -> Self {
        let every = STRETCH / at_most.get();
        let quota = Quota::with_period(every).unwrap_or(Quota::per_second(at_most)).allow_burst(at_most);
        Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Counts one try; refused with the seconds to wait.
    pub fn check(&self, asker: IpAddr) -> Result<(), u64> {
        // One person may hold a whole IPv6 network of this size.
        let key = match asker {
            IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
            v4 => v4,
        };
        self.limiter.check_key(&key).map_err(|refused| refused.wait_time_from(self.clock.now()).as_secs() + 1)
    }

    /// Forgets addresses that have not tried for long.
    pub fn forget_the_quiet(&self) {
        self.limiter.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn parallel_guesses_do_not_slip_through() {
        let tries = Arc::new(Tries::new(NonZeroU32::new(5).unwrap()));
        let guesses: Vec<_> = (0..40)
            .map(|_| {
                let tries = tries.clone();
                std::thread::spawn(move || tries.check("192.0.2.1".parse().unwrap()).is_ok())
            })
            .collect();
        let allowed = guesses.into_iter().map(|guess| guess.join().unwrap()).filter(|ok| *ok).count();
        assert_eq!(allowed, 5);
        assert!(tries.check("192.0.2.2".parse().unwrap()).is_ok());
    }

    #[test]
    fn one_network_of_version_six_counts_as_one() {
        let tries = Tries::new(NonZeroU32::new(1).unwrap());
        assert!(tries.check("2001:db8::1".parse().unwrap()).is_ok());
        assert!(tries.check("2001:db8::2".parse().unwrap()).is_err());
    }
}
