//! What clocks show elsewhere. The zones are part of the program, so that every replica knows the same ones.

use jiff::{Timestamp, tz::TimeZone};
use model::{
    Moment,
    delegation::{Day, Local},
};

/// Whether somebody knows a time zone by this name.
pub(super) fn is_zone(name: &str) -> bool {
    zone(name).is_some()
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// What the clocks of a zone show; nothing for a zone that nobody knows.
pub(super) fn local(name: &str, at: Moment) -> Option<Local> {
    let time = Timestamp::from_second(at.seconds()).ok()?.to_zoned(zone(name)?);
    let day = usize::try_from(time.weekday().to_monday_zero_offset()).ok()?;
    let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
    Some(Local { day: *Day::ALL.get(day)?, minute: u16::try_from(minute).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_follow_summer_and_know_only_places_that_are() {
        let shown = |zone: &str, text: &str| {
            let local = local(zone, Moment::parse(text).unwrap()).unwrap();
            (local.day, model::delegation::clock(local.minute))
        };
        assert_eq!(shown("UTC", "2027-01-03T23:30:00Z"), (Day::Sunday, "23:30".to_owned()));
        assert_eq!(shown("Europe/Berlin", "2027-01-03T23:30:00Z"), (Day::Monday, "00:30".to_owned()));
        assert_eq!(shown("Europe/Berlin", "2027-07-04T22:30:00Z"), (Day::Monday, "00:30".to_owned()));
        assert_eq!(shown("Asia/Kathmandu", "2027-01-03T18:15:00Z"), (Day::Monday, "00:00".to_owned()));
        for nowhere in ["", "Europe/Atlantis", "../UTC", "Berlin"] {
            assert!(!is_zone(nowhere) && local(nowhere, Moment::from_seconds(0)).is_none(), "{nowhere}");
        }
    }
}
