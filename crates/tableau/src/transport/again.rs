//! When a read may be repeated, and after how long.

use std::time::Duration;

use http::{HeaderMap, header};
use time::{OffsetDateTime, format_description::well_known::Rfc2822};
use tokio::time::Instant;

use super::{Call, Failed, Kind};
use crate::{Error, Unreadable};

/// One attempt and two repeats.
const ATTEMPTS: u32 = 3;
/// The longest first pause; the next is twice as long.
const PAUSE: Duration = Duration::from_millis(300);

/// How long to pause before the next attempt; `None` when there must not or cannot be one.
pub(super) fn pause(call: &Call<'_>, attempt: u32, failed: &Failed) -> Option<Duration> {
    if call.kind == Kind::Change || attempt >= ATTEMPTS || !is_passing(&failed.error) {
        return None;
    }
    let own = jittered(PAUSE * attempt.max(1));
    let pause = failed.wait.map_or(own, |asked| asked.max(own));
    (Instant::now() + pause < call.until).then_some(pause)
}

/// The end of the attempt that starts now. A read keeps a third of its time back for a repeat;
/// a change gets all of it.
pub(super) fn limit(call: &Call<'_>, deadline: Duration) -> Instant {
    match call.kind {
        Kind::Change => call.until,
        Kind::SignIn | Kind::Read => call.until.min(Instant::now() + deadline * 2 / 3),
    }
}

/// Whether the failure may be gone in a moment. A 500 is not: it is usually about this very request.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::NotSent { .. } | Error::Interrupted { .. } | Error::Timeout | Error::Busy { .. } => true,
        Error::Garbled { source } => *source == Unreadable::CutOff,
        Error::Down { status, .. } => matches!(status, 502..=504),
        _ => false,
    }
}

/// Between half and all of it, so that many readers do not come back in step.
fn jittered(pause: Duration) -> Duration {
    // Without a random source the pause is merely regular.
    let chance = getrandom::u32().unwrap_or(u32::MAX);
    pause / 2 + (pause / 2).mul_f64(f64::from(chance) / f64::from(u32::MAX))
}

/// How long the answer asks to wait: seconds, or an HTTP date compared with the answer's own clock.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let now = date(headers).unwrap_or_else(OffsetDateTime::now_utc);
    Some(Duration::try_from(http_date(text)? - now).unwrap_or(Duration::ZERO))
}

/// The time by the clock of whoever answered.
pub(super) fn date(headers: &HeaderMap) -> Option<OffsetDateTime> {
    http_date(headers.get(header::DATE)?.to_str().ok()?)
}

fn http_date(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc2822).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(retry_after_value: &str, date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, retry_after_value.parse().unwrap());
        if let Some(date) = date {
            headers.insert(header::DATE, date.parse().unwrap());
        }
        retry_after(&headers)
    }

    #[test]
    fn a_wait_is_read_as_seconds_or_as_a_date() {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(asked("7", None), Some(Duration::from_secs(7)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:47 GMT", date), Some(Duration::from_secs(10)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:07 GMT", date), Some(Duration::ZERO));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:07 GMT", None), Some(Duration::ZERO));
        assert_eq!(asked("soon", date), None);
        assert_eq!(asked("-1", date), None);
    }

    #[test]
    fn jitter_stays_between_half_and_all() {
        for _ in 0..100 {
            let pause = jittered(PAUSE);
            assert!(pause >= PAUSE / 2 && pause <= PAUSE, "{pause:?}");
        }
    }
}
