//! A person in few bytes: words that repeat are numbers, and an e-mail address that is the user name is not kept twice.

use std::collections::HashMap;

use model::{
    Moment, SiteId, SiteUserId, UserId,
    people::{LastSignIn, Person, Place, TenantRole},
    roles::{SignInType, SiteRole},
};
use uuid::Uuid;

/// The number of a word; [`NO_WORD`] for none.
pub(super) type Word = u16;
pub(super) const NO_WORD: Word = Word::MAX;
const NEVER: i64 = i64::MIN;
const UNKNOWN: i64 = i64::MIN + 1;

/// Words that repeat: statuses, roles, languages, and the ids of sites. They only grow.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    words: Vec<Box<str>>,
    numbers: HashMap<Box<str>, Word>,
    sites: Vec<SiteId>,
}

impl Words {
    fn number(&mut self, word: &str) -> Word {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        // More different words than that the vendor does not have; the last one then stands for the rest.
        let number = Word::try_from(self.words.len()).unwrap_or(NO_WORD - 1).min(NO_WORD - 1);
        if usize::from(number) == self.words.len() {
            self.words.push(word.into());
            self.numbers.insert(word.into(), number);
        }
        number
    }

    fn word(&self, number: Word) -> &str {
        self.words.get(usize::from(number)).map_or("", |word| word)
    }

    /// The number of a word that occurs.
    pub(crate) fn find(&self, word: &str) -> Option<Word> {
        self.numbers.get(word).copied()
    }

    fn site(&mut self, site: SiteId) -> u16 {
        let found = self.sites.iter().position(|known| *known == site);
        let place = found.unwrap_or_else(|| {
            self.sites.push(site);
            self.sites.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    /// The number of a site that occurs.
    pub(crate) fn find_site(&self, site: &SiteId) -> Option<u16> {
        self.sites.iter().position(|known| known == site).and_then(|place| u16::try_from(place).ok())
    }

    /// The site of a number.
    pub(crate) fn site_of(&self, number: u16) -> Option<&SiteId> {
        self.sites.get(usize::from(number))
    }
}

/// A person in few bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Compact {
    pub(crate) id: Uuid,
    user_name: Box<str>,
    display_name: Box<str>,
    /// `None` when it is the user name.
    email: Option<Box<str>>,
    tenant_roles: Box<[CompactTenantRole]>,
    /// `None` while the vendor was asked without roles.
    pub(crate) places: Option<Box<[CompactPlace]>>,
    last: i64,
    pub(crate) site_count: u32,
    pub(crate) status: Word,
    pub(crate) highest: Word,
    language: Word,
    locale: Word,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompactPlace {
    pub(crate) site: u16,
    pub(crate) role: Word,
    pub(crate) sign_in: Word,
    /// Nil when there is none; one that is no UUID is not kept.
    site_user: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct CompactTenantRole {
    role: Word,
    status: Word,
    sign_in: Word,
}

impl Compact {
    /// Packs a person. Roles that this answer did not tell are taken from what was known.
    pub(crate) fn pack(person: &Person, known: Option<&Self>, words: &mut Words) -> Self {
        let told = person.places.is_some();
        let tenant_roles = person.tenant_roles.iter().map(|role| CompactTenantRole {
            role: words.number(&role.role),
            status: words.number(&role.status),
            sign_in: role.sign_in.as_ref().map_or(NO_WORD, |kind| words.number(kind.code())),
        });
        let tenant_roles = match known {
            Some(known) if !told => known.tenant_roles.clone(),
            _ => tenant_roles.collect(),
        };
        let places = match &person.places {
            Some(places) => Some(places.iter().map(|place| CompactPlace::pack(place, words)).collect()),
            None => known.and_then(|known| known.places.clone()),
        };
        Self {
            id: person.id.uuid(),
            user_name: person.user_name.as_str().into(),
            display_name: person.display_name.as_str().into(),
            email: (person.email != person.user_name).then(|| person.email.as_str().into()),
            tenant_roles,
            places,
            last: match person.last_sign_in {
                LastSignIn::Unknown => UNKNOWN,
                LastSignIn::Never => NEVER,
                LastSignIn::At(at) => at.seconds(),
            },
            site_count: person.site_count,
            status: words.number(&person.status),
            highest: person.highest.as_ref().map_or(NO_WORD, |role| words.number(role.code())),
            language: words.number(&person.language),
            locale: words.number(&person.locale),
        }
    }

    /// The whole person.
    pub(crate) fn unpack(&self, words: &Words) -> Person {
        let sign_in = |word: Word| (word != NO_WORD).then(|| SignInType::from(words.word(word).to_owned()));
        let tenant_roles = self.tenant_roles.iter().map(|role| TenantRole {
            role: words.word(role.role).to_owned(),
            status: words.word(role.status).to_owned(),
            sign_in: sign_in(role.sign_in),
        });
        let place = |place: &CompactPlace| {
            Some(Place {
                site: *words.site_of(place.site)?,
                role: SiteRole::from(words.word(place.role).to_owned()),
                sign_in: sign_in(place.sign_in),
                site_user: (!place.site_user.is_nil()).then(|| place.site_user.to_string()),
            })
        };
        Person {
            id: UserId::from(self.id),
            user_name: self.user_name.to_string(),
            display_name: self.display_name.to_string(),
            email: self.email.as_ref().unwrap_or(&self.user_name).to_string(),
            status: words.word(self.status).to_owned(),
            highest: (self.highest != NO_WORD).then(|| SiteRole::from(words.word(self.highest).to_owned())),
            tenant_roles: tenant_roles.collect(),
            places: self.places.as_ref().map(|places| places.iter().filter_map(place).collect()),
            site_count: self.site_count,
            last_sign_in: Self::told_by(self.last),
            language: words.word(self.language).to_owned(),
            locale: words.word(self.locale).to_owned(),
        }
    }

    /// When somebody last signed in, by the number it is kept as.
    pub(super) fn told_by(last: i64) -> LastSignIn {
        match last {
            UNKNOWN => LastSignIn::Unknown,
            NEVER => LastSignIn::Never,
            seconds => LastSignIn::At(Moment::from_seconds(seconds)),
        }
    }

    /// Sorts never before every time, and unknown after never.
    pub(crate) fn last_key(&self) -> i64 {
        self.last
    }

    /// The name to show.
    pub(crate) fn name(&self) -> &str {
        if self.display_name.is_empty() { &self.user_name } else { &self.display_name }
    }

    /// The name they sign in with.
    pub(crate) fn user_name(&self) -> &str {
        &self.user_name
    }

    /// Where mail goes, when it is another address.
    pub(crate) fn other_email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// Their state as cloud administrator, if they are one.
    pub(crate) fn administration<'a>(&self, words: &'a Words) -> Option<&'a str> {
        let role = self.tenant_roles.iter().find(|role| {
            words.word(role.role) == model::people::CLOUD_ADMINISTRATOR
                && words.word(role.status) != "DELETED"
        })?;
        Some(words.word(role.status))
    }

    /// The word of a number, for rows that show only a few of them.
    pub(crate) fn word(words: &Words, number: Word) -> &str {
        words.word(number)
    }
}

impl CompactPlace {
    fn pack(place: &Place, words: &mut Words) -> Self {
        let site_user = place.site_user.as_deref().and_then(|id| SiteUserId::parse(id).ok());
        Self {
            site: words.site(place.site),
            role: words.number(place.role.code()),
            sign_in: place.sign_in.as_ref().map_or(NO_WORD, |kind| words.number(kind.code())),
            site_user: site_user.map_or(Uuid::nil(), |id| id.uuid()),
        }
    }
}
