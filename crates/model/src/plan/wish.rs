//! What a row asks for, and the words in which the state there is and the state wanted are compared.

use serde::{Deserialize, Serialize};

use super::{LimitsWish, OnSite, SiteWish};
use crate::{
    Permission, SiteId,
    licences::Tier,
    people::{Person, TenantRole},
    roles::{SignInType, SiteRole},
};

/// What one row asks for. Wishes are deltas: what they do not name stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Wish {
    /// A role on a site; who is not on the site is added to it, who is not in the tenant is created.
    Role {
        /// The site.
        site: SiteId,
        /// The role.
        role: SiteRole,
        /// How they shall sign in there; `None` leaves it as it is.
        sign_in: Option<SignInType>,
    },
    /// Another way to sign in to a site.
    SignIn {
        /// The site.
        site: SiteId,
        /// The way.
        sign_in: SignInType,
    },
    /// Off a site.
    Leave {
        /// The site.
        site: SiteId,
    },
    /// To be a cloud administrator.
    Administer {
        /// How they shall sign in to the tenant; `None` leaves the choice to the vendor.
        sign_in: Option<SignInType>,
    },
    /// To be a cloud administrator no longer.
    StopAdministering,
    /// Language, locale or the e-mail field; `None` leaves one as it is.
    Details {
        /// The language, in the vendor's word.
        language: Option<String>,
        /// The locale, in the vendor's word.
        locale: Option<String>,
        /// Where mail goes.
        email: Option<String>,
    },
    /// Out of the tenant.
    Delete,
    /// Other role limits of a site.
    Limits(LimitsWish),
    /// What the API of one site carries out.
    OnSite(OnSite),
}

/// Words for there being nothing.
pub mod none {
    /// Not a person of the tenant.
    pub const PERSON: &str = "not in the tenant";
    /// Not on the site.
    pub const PLACE: &str = "not on the site";
    /// No tenant role.
    pub const TENANT_ROLE: &str = "no tenant role";
    /// Taken out of the tenant.
    pub const REMOVED: &str = "removed from the tenant";
    /// The vendor did not tell.
    pub const TOLD: &str = "not told";
}

impl Wish {
    /// The wish on the plane of a site, where it is one.
    pub fn on_site(&self) -> Option<&OnSite> {
        match self {
            Self::OnSite(wish) => Some(wish),
            _ => None,
        }
    }

    /// The role limits that are wanted, where it is about those.
    pub fn limits(&self) -> Option<&LimitsWish> {
        match self {
            Self::Limits(wish) => Some(wish),
            _ => None,
        }
    }

    /// Whether somebody is gone once it is carried out, from the tenant or from a site.
    pub fn takes_away(&self) -> bool {
        *self == Self::Delete
            || self.on_site().is_some_and(|wish| matches!(wish.change, SiteWish::Remove { .. }))
    }

    /// The site it is about.
    pub fn site(&self) -> Option<&SiteId> {
        match self {
            Self::Role { site, .. } | Self::SignIn { site, .. } | Self::Leave { site } => Some(site),
            Self::OnSite(wish) => Some(&wish.site),
            Self::Limits(wish) => Some(&wish.site),
            _ => None,
        }
    }

    /// The state that it wants, in the words in which [`Wish::now`] tells the state there is.
    pub fn goal(&self) -> String {
        match self {
            Self::Role { role, sign_in, .. } => with_sign_in(role.words(), sign_in.as_ref()),
            Self::SignIn { sign_in, .. } => sign_in.words().to_owned(),
            Self::Leave { .. } => none::PLACE.to_owned(),
            Self::Administer { .. } => "cloud administrator".to_owned(),
            Self::StopAdministering => none::TENANT_ROLE.to_owned(),
            Self::Details { language, locale, email } => {
                joined([language.clone(), locale.clone(), email.clone()])
            }
            Self::Delete => none::REMOVED.to_owned(),
            Self::OnSite(wish) => wish.goal(),
            Self::Limits(wish) => wish.goal(),
        }
    }

    /// The state there is of what this wish is about, in words.
    pub fn now(&self, person: Option<&Person>) -> String {
        let Some(person) = person else {
            return if *self == Self::Delete { none::REMOVED } else { none::PERSON }.to_owned();
        };
        match self {
            Self::Role { site, sign_in, .. } => match (person.place(site), &person.places) {
                (Some(place), _) => {
                    let sign_in = sign_in.as_ref().and(place.sign_in.as_ref());
                    with_sign_in(place.role.words(), sign_in)
                }
                (None, Some(_)) => none::PLACE.to_owned(),
                (None, None) => none::TOLD.to_owned(),
            },
            Self::SignIn { site, .. } => match person.place(site) {
                Some(place) => place.sign_in.as_ref().map_or(none::TOLD, SignInType::words).to_owned(),
                None => none::PLACE.to_owned(),
            },
            Self::Leave { site } => match (person.place(site), &person.places) {
                (Some(place), _) => place.role.words().to_owned(),
                (None, Some(_)) => none::PLACE.to_owned(),
                (None, None) => none::TOLD.to_owned(),
            },
            Self::Administer { .. } | Self::StopAdministering => administration(person.administration()),
            Self::Details { language, locale, email } => joined([
                language.as_ref().map(|_| person.language.clone()),
                locale.as_ref().map(|_| person.locale.clone()),
                email.as_ref().map(|_| person.email.clone()),
            ]),
            Self::Delete => match person.places.as_deref() {
                // What Tableau does to those who own content: it takes the licence and leaves them where they are.
                Some(places) if !places.is_empty() && person.seat() == Tier::Unlicensed => {
                    "in the tenant, unlicensed".to_owned()
                }
                _ => "in the tenant".to_owned(),
            },
            // Only the site itself tells; see `OnSite::now` and `LimitsWish::now`.
            Self::OnSite(_) | Self::Limits(_) => none::TOLD.to_owned(),
        }
    }

    /// Whether the state there is, is the one wanted. An invitation to administer counts: accepting it is the person's.
    pub fn is_met_by(&self, person: Option<&Person>) -> bool {
        match self {
            Self::Administer { .. } => person
                .and_then(Person::administration)
                .is_some_and(|role| !matches!(role.status.as_str(), "EXPIRED" | "DELETED")),
            Self::OnSite(_) | Self::Limits(_) => false,
            _ => self.now(person) == self.goal(),
        }
    }

    /// Whether the columns of an import can say it.
    pub fn can_be_imported(&self) -> bool {
        match self {
            Self::Role { .. } | Self::SignIn { .. } | Self::Details { .. } => true,
            Self::OnSite(wish) => match wish.change {
                SiteWish::Add { .. }
                | SiteWish::Place { .. }
                | SiteWish::Role { .. }
                | SiteWish::SignIn { .. } => true,
                SiteWish::Join { .. } | SiteWish::Leave { .. } | SiteWish::Remove { .. } => false,
            },
            Self::Leave { .. }
            | Self::Administer { .. }
            | Self::StopAdministering
            | Self::Delete
            | Self::Limits(_) => false,
        }
    }

    /// The permission it needs for somebody who is there already.
    pub fn permission(&self) -> Permission {
        match self {
            Self::Role { .. } => Permission::ChangeRoles,
            Self::SignIn { .. } => Permission::ChangeSignIn,
            Self::Leave { .. } => Permission::RemoveFromSites,
            Self::Administer { .. } | Self::StopAdministering => Permission::ChangeAdministrators,
            Self::Details { .. } => Permission::ChangeDetails,
            Self::Delete => Permission::DeletePeople,
            Self::OnSite(wish) => wish.change.permissions()[0],
            Self::Limits(_) => Permission::ChangeLimits,
        }
    }

    /// Every permission it needs. `creates` says that it brings somebody into being.
    pub fn permissions(&self, creates: bool) -> Vec<Permission> {
        let mut needed = match self {
            Self::OnSite(wish) => wish.change.permissions().to_vec(),
            // It is about a site, and about nobody.
            Self::Limits(_) => vec![Permission::ChangeLimits],
            // Whoever comes into being has no role or detail yet that would be changed.
            _ if creates => vec![Permission::CreatePeople],
            _ => vec![self.permission()],
        };
        match self {
            Self::Administer { .. } => needed.push(Permission::ChangeAdministrators),
            Self::Role { sign_in: Some(_), .. } if !creates => needed.push(Permission::ChangeSignIn),
            Self::OnSite(OnSite { change: SiteWish::Place { sign_in: Some(_), .. }, .. }) if !creates => {
                needed.push(Permission::ChangeSignIn);
            }
            _ => {}
        }
        needed.dedup();
        needed
    }

    /// The verb of the act in the audit log.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Role { .. } => "person.role",
            Self::SignIn { .. } => "person.sign-in",
            Self::Leave { .. } => "person.leave-site",
            Self::Administer { .. } => "person.make-administrator",
            Self::StopAdministering => "person.end-administrator",
            Self::Details { .. } => "person.details",
            Self::Delete => "person.delete",
            Self::OnSite(wish) => wish.change.verb(),
            Self::Limits(_) => "site.limits",
        }
    }
}

pub(super) fn with_sign_in(role: &str, sign_in: Option<&SignInType>) -> String {
    match sign_in {
        Some(kind) => format!("{role}, {}", kind.words()),
        None => role.to_owned(),
    }
}

fn joined(words: [Option<String>; 3]) -> String {
    let words: Vec<String> = words
        .into_iter()
        .flatten()
        .map(|word| if word.is_empty() { none::TOLD.to_owned() } else { word })
        .collect();
    words.join(", ")
}

fn administration(role: Option<&TenantRole>) -> String {
    match role {
        None => none::TENANT_ROLE.to_owned(),
        Some(role) if role.status == "ACTIVE" || role.status.is_empty() => "cloud administrator".to_owned(),
        Some(role) => format!("cloud administrator ({})", role.status.to_lowercase()),
    }
}
