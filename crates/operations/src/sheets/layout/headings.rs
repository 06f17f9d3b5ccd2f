//! The headings of a file: the many spellings under which people and programs write the same columns.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The site's part of the address.
    Site,
    /// The name to sign in with.
    UserName,
    /// A password; never read.
    Password,
    /// The name to show.
    DisplayName,
    /// The licence, or the whole role in one word.
    Role,
    /// Whether they administer the site.
    Administrator,
    /// Whether they may publish.
    Publishing,
    /// Where mail goes.
    Email,
    /// How they sign in.
    SignIn,
    /// The language.
    Language,
    /// The locale.
    Locale,
    /// What to do; only adding and changing is done.
    Action,
}

impl Field {
    /// The vendor's columns for a tenant, in order.
    pub(in crate::sheets) const TCM: [Self; 9] = [
        Self::Site,
        Self::UserName,
        Self::Password,
        Self::DisplayName,
        Self::Role,
        Self::Administrator,
        Self::Publishing,
        Self::Email,
        Self::SignIn,
    ];

    /// The name of the field for people, also read as a heading.
    pub fn words(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::UserName => "user name",
            Self::Password => "password",
            Self::DisplayName => "display name",
            Self::Role => "role",
            Self::Administrator => "administrator level",
            Self::Publishing => "publishing",
            Self::Email => "e-mail",
            Self::SignIn => "sign-in",
            Self::Language => "language",
            Self::Locale => "locale",
            Self::Action => "action",
        }
    }
}

/// What a heading says of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// This field and no other.
    Sure(Field),
    /// The better of two headings for the role: a licence alone says less.
    Licence,
    /// The name to sign in with where no other column has it, the name to show otherwise.
    Name,
}

impl Heading {
    /// Reads a heading: case, blanks, hyphens and remarks in brackets do not matter.
    pub fn of(heading: &str) -> Option<Self> {
        let field = match plain(heading).as_str() {
            "name" => return Some(Self::Name),
            "license" | "licence" | "licenselevel" | "licencelevel" | "licensetype" | "licencetype" => {
                return Some(Self::Licence);
            }
            "site" | "siteuri" | "siteurl" | "sitename" | "siteid" | "sitecontenturl" | "contenturl"
            | "tenantorsiteuri" | "tenantsiteuri" => Field::Site,
            "username" | "user" | "users" | "login" | "loginname" | "account" | "signinname"
            | "tableauusername" | "userprincipalname" | "upn" => Field::UserName,
            "password" => Field::Password,
            "displayname" | "fullname" | "friendlyname" => Field::DisplayName,
            "role" | "siterole" => Field::Role,
            "admin" | "adminlevel" | "administrator" | "administratorlevel" | "adminrole" => {
                Field::Administrator
            }
            "publish" | "publishing" | "publisher" | "canpublish" | "publishingcapability" => {
                Field::Publishing
            }
            "email" | "emailaddress" | "mail" => Field::Email,
            "auth" | "authentication" | "authenticationtype" | "authtype" | "authsetting" | "idp"
            | "idptype" | "signin" | "signintype" | "signinmethod" => Field::SignIn,
            "language" | "lang" => Field::Language,
            "locale" => Field::Locale,
            "action" | "operation" => Field::Action,
            _ => return None,
        };
        Some(Self::Sure(field))
    }

    /// Whether the column can hold user names.
    pub fn can_name_users(self) -> bool {
        matches!(self, Self::Name | Self::Sure(Field::UserName | Field::Email))
    }
}

fn plain(heading: &str) -> String {
    let before_bracket = heading.split('(').next().unwrap_or_default();
    before_bracket.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
