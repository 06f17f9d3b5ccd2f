//! Why a request is not sent at all.

/// What is wrong with a request before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The address is not that of a host on which the vendor, or the settings, keep sites.
    #[error("the address is not that of a site's host")]
    Host,
    /// The address of a file of the activity log is on a host where the vendor keeps none.
    #[error("the address of the file is not on a host that files are fetched from")]
    LogHost,
    /// A text has a character that XML cannot carry, or that no name has, such as a line break.
    #[error("a text has a character that cannot be sent")]
    Character,
    /// A value to filter by has a comma, an ampersand or a bracket, which the vendor cannot take even when escaped.
    #[error("a value to filter by has a character that Tableau cannot take")]
    FilterValue,
    /// The field does not take this operator.
    #[error("the field cannot be filtered this way")]
    FilterOperator,
    /// The same field is filtered by twice, of which the vendor would forget the first.
    #[error("the same field is filtered by twice")]
    FilterTwice,
    /// A page of this number or size cannot be: pages count from 1 and hold 1 to 1000 rows.
    #[error("there cannot be such a page")]
    Page,
    /// What a request of nothing would do is anybody's guess.
    #[error("the request asks for nothing")]
    Nothing,
}
