//! A line of a file as it is read: any field may be missing, and none has to be of one form.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// What is read of a line.
///
/// Vendor: "Activity Log Tenant Event Type Reference" and "Activity Log Site Event Type Reference", common attributes. In
/// the log of a tenant ids are texts, in that of a site whole numbers, with a text (`…Luid`) beside them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line<'a> {
    #[serde(borrow, default, deserialize_with = "loose")]
    pub(super) event_type: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    pub(super) event_time: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    event_outcome: Told<'a>,
    /// Older events of a site tell this instead of an outcome.
    #[serde(borrow, default, deserialize_with = "loose")]
    is_error: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    initiating_user_id: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    initiating_user_luid: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    actor_user_id: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    actor_user_luid: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    initiating_user_display_name: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    initiating_user_email: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    pub(super) initiating_user_ip_address: Told<'a>,
    #[serde(borrow, default, deserialize_with = "loose")]
    pub(super) initiating_user_agent: Told<'a>,
}

/// A field as text, if it is there.
type Told<'a> = Option<Cow<'a, str>>;

fn known<'a>(told: &'a Told<'_>) -> Option<&'a str> {
    told.as_deref().filter(|text| !text.is_empty())
}

/// Who did it, in words, and by the vendor's id. The administrator who acted as somebody else comes first.
pub(super) fn who_of<'a>(line: &'a Line<'_>) -> (Cow<'a, str>, &'a str) {
    let numbers = known(&line.initiating_user_id).or(known(&line.actor_user_id)).unwrap_or_default();
    let by = known(&line.initiating_user_luid).or(known(&line.actor_user_luid)).unwrap_or(numbers);
    let name = known(&line.initiating_user_display_name);
    let who = match (name, known(&line.initiating_user_email)) {
        (Some(name), Some(email)) => Cow::Owned(format!("{name} ({email})")),
        (Some(word), None) | (None, Some(word)) => Cow::Borrowed(word),
        // A bare number would read like anything.
        (None, None) if !by.is_empty() && by.bytes().all(|at| at.is_ascii_digit()) => {
            Cow::Owned(format!("user {by}"))
        }
        (None, None) => Cow::Borrowed(by),
    };
    (who, by)
}

/// How it ended, in the vendor's word.
pub(super) fn outcome_of<'a>(line: &'a Line<'_>) -> &'a str {
    known(&line.event_outcome).unwrap_or(match line.is_error.as_deref() {
        Some("false" | "0") => "success",
        Some("true" | "1") => "error",
        _ => "",
    })
}

/// Text, a number or a truth as text; a list or an object is passed over.
fn loose<'de, Source: Deserializer<'de>>(from: Source) -> Result<Told<'de>, Source::Error> {
    from.deserialize_any(Loose)
}

struct Loose;

impl<'de> Visitor<'de> for Loose {
    type Value = Told<'de>;

    fn expecting(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        into.write_str("anything")
    }

    fn visit_borrowed_str<Fault>(self, text: &'de str) -> Result<Self::Value, Fault> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<Fault>(self, text: &str) -> Result<Self::Value, Fault> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<Fault>(self, number: u64) -> Result<Self::Value, Fault> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_i64<Fault>(self, number: i64) -> Result<Self::Value, Fault> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_f64<Fault>(self, number: f64) -> Result<Self::Value, Fault> {
        Ok(Some(Cow::Owned(number.to_string())))
    }

    fn visit_bool<Fault>(self, truth: bool) -> Result<Self::Value, Fault> {
        Ok(Some(Cow::Borrowed(if truth { "true" } else { "false" })))
    }

    fn visit_unit<Fault>(self) -> Result<Self::Value, Fault> {
        Ok(None)
    }

    fn visit_seq<List: SeqAccess<'de>>(self, mut list: List) -> Result<Self::Value, List::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<Object: MapAccess<'de>>(self, mut object: Object) -> Result<Self::Value, Object::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}
