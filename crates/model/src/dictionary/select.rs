//! Searching the dictionary.

use super::{Entry, Kind, entries};
use crate::{Moment, Page, PageRequest, Problem, ProblemCode, codes::Tone, page::SIZES};

/// Which codes. The URL holds all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodesQuery {
    /// Words that occur in the code or in what is said of it.
    pub search: String,
    /// The word of a kind; empty for all.
    pub kind: String,
    /// The word of a tone; empty for all.
    pub tone: String,
    /// The page.
    pub page: PageRequest,
}

/// One page of the codes that fit.
pub fn select(query: &CodesQuery, now: Moment) -> Result<Page<Entry>, Problem> {
    let malformed = |name: &str| Problem::about(ProblemCode::MalformedQuery, name);
    let kind = match query.kind.as_str() {
        "" => None,
        word => Some(Kind::parse(word).ok_or_else(|| malformed("kind"))?),
    };
    let tone = match query.tone.as_str() {
        "" => None,
        word => Some(Tone::parse(word).ok_or_else(|| malformed("tone"))?),
    };
    if !SIZES.contains(&query.page.size) || query.page.number == 0 {
        return Err(malformed("size"));
    }
    let words: Vec<String> = query.search.split_whitespace().map(str::to_lowercase).collect();
    let all = entries();
    let of = all.len() as u64;
    let fits = |entry: &Entry| {
        kind.is_none_or(|kind| entry.kind == kind)
            && tone.is_none_or(|tone| entry.tone == tone)
            && says(entry, &words)
    };
    let mut matching: Vec<Entry> = all.into_iter().filter(fits).collect();
    // Who types a code wants that one first, and then what merely mentions it.
    matching.sort_by_key(|entry| !words.iter().any(|word| entry.code.to_lowercase().contains(word)));
    Ok(Page::cut(matching, of, query.page, now))
}

/// Whether every word occurs in what is known of the code.
fn says(entry: &Entry, words: &[String]) -> bool {
    let http = entry.http.iter().map(u16::to_string).collect::<Vec<_>>().join(" ");
    let elsewhere = entry.elsewhere.iter().flat_map(|other| [other.meaning, other.next.unwrap_or_default()]);
    let mut said = vec![entry.code.as_str(), entry.name, http.as_str(), entry.meaning];
    said.extend(entry.next);
    said.extend(elsewhere);
    let said = said.join("\n").to_lowercase();
    words.iter().all(|word| said.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(search: &str, kind: &str, tone: &str) -> Vec<String> {
        let page = PageRequest { number: 1, size: 250 };
        let query = CodesQuery { search: search.into(), kind: kind.into(), tone: tone.into(), page };
        let found = select(&query, Moment::from_seconds(0)).unwrap();
        found.rows.into_iter().map(|entry| entry.code).collect()
    }

    #[test]
    fn every_word_must_occur_and_the_code_itself_comes_first() {
        let codes = found("SVC_2017", "", "");
        assert_eq!(codes.len(), 2, "{codes:?}");
        assert!(found("LICENCE limit", "", "").contains(&"E_403_USR_SVC_2018".to_owned()));
        assert_eq!(found("409120", "", "").first().map(String::as_str), Some("409120"));
        assert!(found("no code says this", "", "").is_empty());
    }

    #[test]
    fn kind_and_tone_narrow_and_unknown_words_are_a_problem() {
        let ours = found("", "steward", "");
        assert_eq!(ours.len(), ProblemCode::ALL.len());
        assert!(
            found("", "row", "done").iter().all(|code| code.chars().all(|letter| !letter.is_lowercase()))
        );
        for (kind, tone) in [("nobody", ""), ("", "nobody")] {
            let query = CodesQuery { kind: kind.into(), tone: tone.into(), ..CodesQuery::default() };
            let problem = select(&query, Moment::from_seconds(0)).unwrap_err();
            assert_eq!(problem.code, ProblemCode::MalformedQuery);
        }
    }
}
