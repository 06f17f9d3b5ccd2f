//! Pages of lists, by number and size.

use axum::response::Response;

use super::answer::{SiteRefusal, xml};
use super::caller::Visitor;
use super::element::Element;
use axum::http::StatusCode;

// Vendor: every list has "The minimum is 1. The maximum is 1000. The default is 100."
const LARGEST: usize = 1_000;
const USUAL: usize = 100;

/// The page that a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    number: usize,
    size: usize,
}

impl Page {
    pub(super) fn of(caller: &Visitor) -> Result<Self, SiteRefusal> {
        let size = caller.asked("pageSize").map_or(Some(USUAL), count);
        let size = size.ok_or_else(SiteRefusal::bad_page_size)?;
        if size > LARGEST {
            return Err(SiteRefusal::page_too_large());
        }
        let number = caller.asked("pageNumber").map_or(Some(1), count);
        Ok(Self { number: number.ok_or_else(SiteRefusal::bad_page_number)?, size })
    }

    /// Tells this page of the rows. Vendor: a page beyond the final one is refused; an empty list has one.
    pub(super) fn tell<Row>(
        self,
        list: &str,
        rows: &[Row],
        tell: impl Fn(&Row) -> Element,
    ) -> Result<Response, SiteRefusal> {
        if self.number > rows.len().div_ceil(self.size).max(1) {
            return Err(SiteRefusal::bad_page_number());
        }
        let pagination = Element::new("pagination")
            .with("pageNumber", self.number)
            .with("pageSize", self.size)
            .with("totalAvailable", rows.len());
        let told = rows.iter().skip((self.number - 1) * self.size).take(self.size).map(tell);
        Ok(xml(StatusCode::OK, [pagination, Element::new(list).children(told)]))
    }
}

/// A number above zero. A larger one than fits is beyond every end.
fn count(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().unwrap_or(usize::MAX);
    (digits && number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn only_whole_numbers_above_zero_count() {
        let counted = ["1", "1000", "0", "-1", "+1", "1.5", "", "x", "99999999999999999999"].map(count);
        let (one, thousand, most) = (Some(1), Some(1_000), Some(usize::MAX));
        assert_eq!(counted, [one, thousand, None, None, None, None, None, None, most]);
    }
}
