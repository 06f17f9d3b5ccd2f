//! The forms that become plans, as a page sends them.

use model::{UserId, people::PeopleQuery};

/// Whom a change of many is about.
#[derive(Debug, Clone, Default)]
pub struct Whom {
    /// People ticked in the list.
    pub ids: Vec<UserId>,
    /// A pasted list of names, in lines or with commas between them.
    pub names: String,
    /// Everyone who matches a query.
    pub query: Option<PeopleQuery>,
}

/// The form that changes many people in the same way. Words as the form sends them; empty means "not asked".
#[derive(Debug, Clone, Default)]
pub struct ManyForm {
    /// Whom.
    pub whom: Whom,
    /// `role`, `sign-in`, `leave`, `details` or `delete`.
    pub change: String,
    /// A site's id.
    pub site: String,
    /// A role, in the vendor's word.
    pub role: String,
    /// A way to sign in, in the vendor's word.
    pub sign_in: String,
    /// A language, in the vendor's word.
    pub language: String,
    /// A locale, in the vendor's word.
    pub locale: String,
}

/// One site in a form about one person.
#[derive(Debug, Clone, Default)]
pub struct PlaceForm {
    /// The site's id; empty for a line that was left alone.
    pub site: String,
    /// A role in the vendor's word, `leave`, or empty for no change.
    pub role: String,
    /// A way to sign in, or empty for no change.
    pub sign_in: String,
}

/// The form that edits one person.
#[derive(Debug, Clone)]
pub struct EditForm {
    /// The person.
    pub user: UserId,
    /// The new language; empty for no change.
    pub language: String,
    /// The new locale; empty for no change.
    pub locale: String,
    /// The new e-mail field; empty for no change.
    pub email: String,
    /// `administer`, `stop`, or empty for no change.
    pub tenant: String,
    /// Roles on sites.
    pub places: Vec<PlaceForm>,
}

/// The form that creates one person.
#[derive(Debug, Clone, Default)]
pub struct NewPersonForm {
    /// The name they will sign in with.
    pub user_name: String,
    /// The e-mail field, if it is another address.
    pub email: String,
    /// Their language; empty for Tableau's choice.
    pub language: String,
    /// Their locale; empty for Tableau's choice.
    pub locale: String,
    /// `administer`, or empty.
    pub tenant: String,
    /// Roles on sites.
    pub places: Vec<PlaceForm>,
}
