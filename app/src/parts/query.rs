//! The state of a list in the URL: read with care, written back by links.

use leptos_router::params::ParamsMap;
use model::{Direction, Freshness, PageRequest, Problem, ProblemCode};

/// Builds an address from a path and what stands behind the question mark; empty values are left out.
pub fn address(path: &str, values: &[(&'static str, String)]) -> String {
    let mut query = ParamsMap::new();
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        query.insert(*name, value.clone());
    }
    format!("{path}{}", query.to_query_string())
}

/// Text in the URL; nothing is empty text.
pub fn text(query: &ParamsMap, name: &str) -> String {
    query.get(name).unwrap_or_default()
}

/// The page in the URL. What is no number, or no size that is offered, is a problem and not a guess.
pub fn page(query: &ParamsMap) -> Result<PageRequest, Problem> {
    let usual = PageRequest::default();
    Ok(PageRequest { number: whole(query, "page", usual.number)?, size: whole(query, "size", usual.size)? })
}

fn whole(query: &ParamsMap, name: &'static str, usual: u32) -> Result<u32, Problem> {
    match query.get_str(name) {
        None | Some("") => Ok(usual),
        Some(text) => {
            let found = text.parse().ok().filter(|number| *number > 0);
            found.ok_or_else(|| Problem::about(ProblemCode::MalformedQuery, name))
        }
    }
}

/// The direction in the URL.
pub fn direction(query: &ParamsMap) -> Result<Direction, Problem> {
    match query.get_str("direction") {
        None | Some("" | "up") => Ok(Direction::Up),
        Some("down") => Ok(Direction::Down),
        Some(_) => Err(Problem::about(ProblemCode::MalformedQuery, "direction")),
    }
}

/// Whether the person pressed "refresh".
pub fn freshness(query: &ParamsMap) -> Freshness {
    if query.get_str("refresh").is_some() { Freshness::Now } else { Freshness::Recent }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_escapes_its_values_and_leaves_out_the_empty_ones() {
        let address = address("/sites", &[("q", "a&b+c ä".to_owned()), ("status", String::new())]);
        assert!(address.starts_with("/sites?q=") && !address.contains("status"), "{address}");
        assert!(!address.contains("a&b"), "{address}");
    }

    #[test]
    fn a_page_that_cannot_be_is_a_problem() {
        for bad in ["0", "-1", "x", "99999999999"] {
            let query: ParamsMap = [("page", bad)].into_iter().collect();
            assert_eq!(page(&query).unwrap_err().code, ProblemCode::MalformedQuery, "{bad}");
        }
    }
}
