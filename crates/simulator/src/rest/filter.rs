//! Filters and orders of lists: `filter=field:operator:value` and `sort=field:asc`.
//!
//! Vendor: REST API concepts, "Filtering and Sorting". Which code a bad expression gets is inferred.

use std::cmp::Ordering;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::answer::SiteRefusal;
use super::caller::Visitor;
use super::version::Version;

/// What a row says about a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(i64),
    Moment(OffsetDateTime),
    Flag(bool),
    /// Nothing: no filter finds it.
    Missing,
}

/// What kind of value a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Moment,
    Flag,
}

/// A field that can be filtered and sorted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) operators: &'static str,
    /// The version in which the filter came.
    pub(super) since: Version,
}

impl Field {
    pub(super) const fn new(name: &'static str, kind: Kind, operators: &'static str) -> Self {
        Self { name, kind, operators, since: (2, 3) }
    }

    pub(super) const fn since(self, since: Version) -> Self {
        Self { since, ..self }
    }
}

/// Rows of a list, by field.
pub(super) trait Filtered {
    /// Every field that may be asked for.
    const FIELDS: &'static [Field];

    fn value(&self, field: &str) -> Value;
}

/// One condition, understood.
#[derive(Debug)]
struct Condition {
    field: &'static str,
    operator: &'static str,
    /// The value; several for `in`.
    wanted: Vec<Value>,
}

const OPERATORS: &str = "eq gt gte lt lte in has cieq like";

/// Keeps the rows that are asked for, in the order that is asked for.
pub(super) fn choose<Row: Filtered>(caller: &Visitor, rows: Vec<Row>) -> Result<Vec<Row>, SiteRefusal> {
    let conditions = caller.asked("filter").map_or(Ok(Vec::new()), |text| conditions::<Row>(text, caller))?;
    let orders = caller.asked("sort").map_or(Ok(Vec::new()), |text| orders::<Row>(text))?;
    let fits = |row: &Row| conditions.iter().all(|condition| condition.holds(&row.value(condition.field)));
    let mut chosen: Vec<Row> = rows.into_iter().filter(fits).collect();
    chosen.sort_by(|one, other| {
        let compared = orders.iter().map(|(field, falls)| {
            let order = compare(&one.value(field), &other.value(field));
            if *falls { order.reverse() } else { order }
        });
        compared.fold(Ordering::Equal, Ordering::then)
    });
    Ok(chosen)
}

/// Conditions joined by commas. The same field twice: the last one wins.
fn conditions<Row: Filtered>(text: &str, caller: &Visitor) -> Result<Vec<Condition>, SiteRefusal> {
    // Vendor: expressions cannot hold an ampersand, not even an encoded one.
    if text.contains('&') {
        return Err(SiteRefusal::bad("A filter expression cannot contain an ampersand."));
    }
    let mut conditions: Vec<Condition> = Vec::new();
    for part in parts(text) {
        let condition = condition::<Row>(part, caller.version);
        let condition = condition
            .ok_or_else(|| SiteRefusal::bad(&format!("The filter expression '{part}' is invalid.")))?;
        conditions.retain(|known| known.field != condition.field);
        conditions.push(condition);
    }
    Ok(conditions)
}

/// The parts between commas, except for those within brackets.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut begin, mut within) = (Vec::new(), 0, false);
    for (place, letter) in text.char_indices() {
        match letter {
            '[' => within = true,
            ']' => within = false,
            ',' if !within => {
                parts.push(&text[begin..place]);
                begin = place + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[begin..]);
    parts
}

fn condition<Row: Filtered>(text: &str, version: Version) -> Option<Condition> {
    let mut parts = text.splitn(3, ':');
    let (name, operator, value) = (parts.next()?, parts.next()?, parts.next()?);
    let field = Row::FIELDS.iter().find(|field| field.name == name && field.since <= version)?;
    let operator = OPERATORS.split(' ').find(|known| *known == operator)?;
    field.operators.split(' ').find(|known| *known == operator)?;
    let wanted = if operator == "in" {
        let list = value.strip_prefix('[')?.strip_suffix(']')?;
        list.split(',').map(|value| read(field.kind, value)).collect::<Option<Vec<_>>>()?
    } else {
        vec![read(field.kind, value)?]
    };
    Some(Condition { field: field.name, operator, wanted })
}

fn read(kind: Kind, text: &str) -> Option<Value> {
    match kind {
        Kind::Text => Some(Value::Text(text.to_owned())),
        Kind::Number => text.parse().ok().map(Value::Number),
        Kind::Moment => OffsetDateTime::parse(text, &Rfc3339).ok().map(Value::Moment),
        Kind::Flag => text.parse().ok().map(Value::Flag),
    }
}

impl Condition {
    fn holds(&self, value: &Value) -> bool {
        self.wanted.iter().any(|wanted| self.fits(value, wanted))
    }

    fn fits(&self, value: &Value, wanted: &Value) -> bool {
        match (value, wanted) {
            (Value::Missing, _) => false,
            (Value::Text(value), Value::Text(wanted)) => self.text_fits(value, wanted),
            _ => match self.operator {
                "gt" => compare(value, wanted).is_gt(),
                "gte" => compare(value, wanted).is_ge(),
                "lt" => compare(value, wanted).is_lt(),
                "lte" => compare(value, wanted).is_le(),
                _ => compare(value, wanted).is_eq(),
            },
        }
    }

    /// That `like` means a part of the text is inferred; the vendor only names the operator.
    fn text_fits(&self, value: &str, wanted: &str) -> bool {
        match self.operator {
            "cieq" => value.to_lowercase() == wanted.to_lowercase(),
            "has" | "like" => value.to_lowercase().contains(&wanted.to_lowercase()),
            _ => value == wanted,
        }
    }
}

fn orders<Row: Filtered>(text: &str) -> Result<Vec<(&'static str, bool)>, SiteRefusal> {
    let bad = || SiteRefusal::bad(&format!("The sort expression '{text}' is invalid."));
    let order = |part: &str| {
        let (name, way) = part.split_once(':')?;
        let field = Row::FIELDS.iter().find(|field| field.name == name)?;
        let falls = match way {
            "asc" => false,
            "desc" => true,
            _ => return None,
        };
        Some((field.name, falls))
    };
    text.split(',').map(|part| order(part).ok_or_else(bad)).collect()
}

/// Missing values come first; the fractions of a second, which the vendor does not write, do not count.
fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => {
            one.to_lowercase().cmp(&other.to_lowercase()).then_with(|| one.cmp(other))
        }
        (Value::Number(one), Value::Number(other)) => one.cmp(other),
        (Value::Moment(one), Value::Moment(other)) => one.unix_timestamp().cmp(&other.unix_timestamp()),
        (Value::Flag(one), Value::Flag(other)) => one.cmp(other),
        (Value::Missing, Value::Missing) => Ordering::Equal,
        (Value::Missing, _) => Ordering::Less,
        _ => Ordering::Greater,
    }
}
