//! The mark that a request carries, so that Tableau's own activity log can be matched with ours.

/// Longer parts are cut: a mark is no place for stories.
const LONGEST: usize = 64;

/// Whose request this is. It travels in the user agent, which Tableau keeps in its activity log
/// (`initiatingUserAgent`, seen for the events of Tableau Cloud Manager).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The request id that our log and a problem's reference show.
    pub request: String,
    /// Who asks, as an id; never a name or an address.
    pub actor: String,
}

impl Tag {
    /// A mark of a request and of who asks.
    pub fn new(request: impl Into<String>, actor: impl Into<String>) -> Self {
        Self { request: request.into(), actor: actor.into() }
    }

    /// The user agent: `Steward/0.1.0 (req=…; act=…)`.
    pub(crate) fn user_agent(&self, product: &str) -> String {
        format!("{product} (req={}; act={})", plain(&self.request), plain(&self.actor))
    }
}

/// Letters, digits and hyphens only. Others are left out rather than refused: a mark must neither
/// smuggle anything into a header nor stand in the way of a request.
fn plain(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .take(LONGEST)
        .collect();
    if kept.is_empty() { "none".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_cannot_smuggle_anything_into_the_user_agent() {
        let tag = Tag::new("r-1\r\nx-evil: 1)", "");
        assert_eq!(tag.user_agent("Steward/0.1.0"), "Steward/0.1.0 (req=r-1x-evil1; act=none)");
        assert!(Tag::new("a".repeat(500), "b").user_agent("S").len() < 100);
    }
}
