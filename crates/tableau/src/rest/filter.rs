//! Which rows of a list, and in which order. The builders refuse what the vendor cannot take.

mod columns;

use model::Direction;

use crate::{Result, Unfit};

pub use columns::{GroupField, GroupSetField, JobField, UserField};

/// A column of a list: what it is called, and which comparisons it takes.
pub trait SortField: Copy + PartialEq {
    /// The vendor's name.
    fn word(self) -> &'static str;
    /// The comparisons it takes.
    fn takes(self) -> &'static [Operator];
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Equal, in the same capitals.
    Eq,
    /// Greater or later.
    Gt,
    /// Greater or later, or equal.
    Gte,
    /// Less or earlier.
    Lt,
    /// Less or earlier, or equal.
    Lte,
    /// One of several.
    In,
    /// Contains.
    Has,
    /// Equal in any capitals.
    Cieq,
    /// Resembles.
    Like,
}

impl Operator {
    fn word(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Gt => "gt",
            Self::Gte => "gte",
            Self::Lt => "lt",
            Self::Lte => "lte",
            Self::In => "in",
            Self::Has => "has",
            Self::Cieq => "cieq",
            Self::Like => "like",
        }
    }
}

/// Which rows. Several conditions all have to hold; there is no "or" but a list of values.
///
/// Vendor: Tableau REST API, "Filtering and Sorting".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter<Field>(Vec<(Field, String)>);

impl<Field> Default for Filter<Field> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Field: SortField> Filter<Field> {
    /// Also this. A value with a comma or an ampersand is refused, as the vendor cannot take it in any spelling; so is
    /// a second condition for the same field, of which the vendor would silently forget the first.
    pub fn and(self, field: Field, operator: Operator, value: &str) -> Result<Self> {
        if operator == Operator::In {
            return self.and_in(field, [value]);
        }
        fits(value, &[',', '&'])?;
        self.with(field, operator, value.to_owned())
    }

    /// Also that the field has one of these values.
    pub fn and_in<Value: AsRef<str>>(
        self,
        field: Field,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Self> {
        let mut list = String::new();
        for value in values {
            fits(value.as_ref(), &[',', '&', '[', ']'])?;
            list.push_str(if list.is_empty() { "[" } else { "," });
            list.push_str(value.as_ref());
        }
        if list.is_empty() {
            return Err(Unfit::Nothing.into());
        }
        self.with(field, Operator::In, list + "]")
    }

    fn with(mut self, field: Field, operator: Operator, value: String) -> Result<Self> {
        if !field.takes().contains(&operator) {
            return Err(Unfit::FilterOperator.into());
        }
        if self.0.iter().any(|(own, _)| *own == field) {
            return Err(Unfit::FilterTwice.into());
        }
        self.0.push((field, format!("{}:{}:{value}", field.word(), operator.word())));
        Ok(self)
    }

    pub(super) fn expression(&self) -> Option<String> {
        let parts: Vec<_> = self.0.iter().map(|(_, part)| part.as_str()).collect();
        (!parts.is_empty()).then(|| parts.join(","))
    }
}

/// In which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort<Field>(Vec<(Field, Direction)>);

impl<Field> Default for Sort<Field> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Field: SortField> Sort<Field> {
    /// By this column first.
    pub fn by(field: Field, direction: Direction) -> Self {
        Self(vec![(field, direction)])
    }

    /// Where those are equal, by this column.
    pub fn then(mut self, field: Field, direction: Direction) -> Self {
        self.0.push((field, direction));
        self
    }

    pub(super) fn expression(&self) -> Option<String> {
        let part = |(field, direction): &(Field, Direction)| {
            let word = if *direction == Direction::Up { "asc" } else { "desc" };
            format!("{}:{word}", field.word())
        };
        let parts: Vec<_> = self.0.iter().map(part).collect();
        (!parts.is_empty()).then(|| parts.join(","))
    }
}

fn fits(value: &str, refused: &[char]) -> Result<()> {
    match value.chars().any(|letter| refused.contains(&letter) || letter.is_control()) {
        false if !value.is_empty() => Ok(()),
        _ => Err(Unfit::FilterValue.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    fn why<Value>(outcome: Result<Value>) -> Unfit {
        match outcome {
            Err(Error::Unfit { source }) => source,
            Err(error) => panic!("{error:?}"),
            Ok(_) => panic!("taken"),
        }
    }

    #[test]
    fn conditions_are_joined_as_the_vendor_joins_them() {
        let filter = Filter::default()
            .and(UserField::Name, Operator::Cieq, "a+b@example.com")
            .and_then(|filter| filter.and(UserField::LastLogin, Operator::Lt, "2026-01-01T00:00:00Z"))
            .and_then(|filter| filter.and_in(UserField::SiteRole, ["Viewer", "Creator"]))
            .unwrap();
        let wanted =
            "name:cieq:a+b@example.com,lastLogin:lt:2026-01-01T00:00:00Z,siteRole:in:[Viewer,Creator]";
        assert_eq!(filter.expression().unwrap(), wanted);
        assert_eq!(Filter::<UserField>::default().expression(), None);
        let one = Filter::default().and(GroupField::Name, Operator::In, "Sales").unwrap();
        assert_eq!(one.expression().unwrap(), "name:in:[Sales]");
    }

    #[test]
    fn what_the_vendor_cannot_take_is_refused() {
        let name = |operator, value: &str| Filter::default().and(GroupField::Name, operator, value);
        for value in ["a,b", "a&b", "", "a\nb", "a\0"] {
            assert_eq!(why(name(Operator::Eq, value)), Unfit::FilterValue, "{value:?}");
        }
        assert!(name(Operator::Eq, "[a]").is_ok());
        assert_eq!(why(name(Operator::In, "a]")), Unfit::FilterValue);
        assert_eq!(why(name(Operator::Gt, "a")), Unfit::FilterOperator);
        let twice = name(Operator::Eq, "a").unwrap().and(GroupField::Name, Operator::Like, "b");
        assert_eq!(why(twice), Unfit::FilterTwice);
        assert_eq!(why(Filter::default().and_in(GroupField::Name, [""; 0])), Unfit::Nothing);
    }

    #[test]
    fn columns_are_sorted_one_after_the_other() {
        let sort = Sort::by(UserField::SiteRole, Direction::Down).then(UserField::Name, Direction::Up);
        assert_eq!(sort.expression().unwrap(), "siteRole:desc,name:asc");
        assert_eq!(Sort::<JobField>::default().expression(), None);
    }
}
