//! People of the tenant: what the vendor tells of each, and how a list of them is asked for.

mod sheet;

use serde::{Deserialize, Serialize};

use crate::{
    Direction, Moment, Page, PageRequest, Problem, SiteId, UserId,
    licences::Tier,
    roles::{SignInType, SiteRole},
};

pub use sheet::{PersonSheet, PlaceSheet, Protection, Resource, RunOfPerson};

/// When a person last signed in. It misses Tableau Desktop and Prep, so it is weak evidence of idleness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastSignIn {
    /// The vendor did not tell, or in a way that cannot be read.
    #[default]
    Unknown,
    /// The vendor tells of this person, but of no sign-in. That an absent time means "never" is inferred.
    Never,
    /// At this time.
    At(Moment),
}

/// What a person is on one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The site.
    pub site: SiteId,
    /// The role there.
    pub role: SiteRole,
    /// How they sign in there.
    pub sign_in: Option<SignInType>,
    /// Their id inside the site, which the site's own API uses; seen in a public client only.
    pub site_user: Option<String>,
}

/// A role in the tenant itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantRole {
    /// The vendor's word; `LINK_ADMIN` is a cloud administrator.
    pub role: String,
    /// `ACTIVE`, `INVITED`, `EXPIRED`, …; an open list of the vendor's.
    pub status: String,
    /// How they sign in there.
    pub sign_in: Option<SignInType>,
}

/// The vendor's word for a cloud administrator.
pub const CLOUD_ADMINISTRATOR: &str = "LINK_ADMIN";

/// A person in Tableau Cloud Manager. What the vendor does not tell is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// The name they sign in with; an e-mail address on Tableau Cloud.
    pub user_name: String,
    /// The name to show.
    pub display_name: String,
    /// Where mail goes.
    pub email: String,
    /// `ACTIVE`, `INACTIVE`, …; an open list of the vendor's.
    pub status: String,
    /// The highest role over all sites, as the vendor tells it.
    pub highest: Option<SiteRole>,
    /// Roles in the tenant itself.
    pub tenant_roles: Vec<TenantRole>,
    /// Roles on sites; `None` while the vendor was asked without them.
    pub places: Option<Vec<Place>>,
    /// On how many sites they have a role.
    pub site_count: u32,
    /// When they last signed in.
    pub last_sign_in: LastSignIn,
    /// The language of their pages, in the vendor's word.
    pub language: String,
    /// The locale of their numbers and dates, in the vendor's word.
    pub locale: String,
}

impl Person {
    /// The best name we have.
    pub fn name(&self) -> &str {
        if self.display_name.is_empty() { &self.user_name } else { &self.display_name }
    }

    /// Their role as cloud administrator, in whatever state but deleted.
    pub fn administration(&self) -> Option<&TenantRole> {
        self.tenant_roles.iter().find(|role| role.role == CLOUD_ADMINISTRATOR && role.status != "DELETED")
    }

    /// Whether they administer the tenant at this moment.
    pub fn is_active_administrator(&self) -> bool {
        self.administration().is_some_and(|role| role.status == "ACTIVE" || role.status.is_empty())
    }

    /// What they are on a site, where the vendor told it.
    pub fn place(&self, site: &SiteId) -> Option<&Place> {
        self.places.as_ref()?.iter().find(|place| place.site == *site)
    }

    /// The seat they take in the tenant: once, at the highest role over all sites.
    pub fn seat(&self) -> Tier {
        match &self.places {
            // The smallest tier is the highest seat.
            Some(places) => places.iter().map(|place| place.role.tier()).min().unwrap_or(Tier::Unlicensed),
            None => self.highest.as_ref().map_or(Tier::Unlicensed, SiteRole::tier),
        }
    }
}

/// A person as a list shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Their id.
    pub id: UserId,
    /// The name to show.
    pub name: String,
    /// The name they sign in with.
    pub user_name: String,
    /// The highest role in words; empty without any.
    pub role: String,
    /// The seat it takes.
    pub tier: Tier,
    /// `active`, `invited`, … where they administer the tenant; empty otherwise.
    pub administers: String,
    /// On how many sites they have a role.
    pub sites: u32,
    /// The names of some of those sites.
    pub site_names: String,
    /// The ways they sign in, in words.
    pub sign_in: String,
    /// When they last signed in.
    pub last_sign_in: LastSignIn,
    /// The vendor's status word.
    pub status: String,
    /// The language.
    pub language: String,
    /// The locale.
    pub locale: String,
    /// Whether somebody protected them.
    pub protected: bool,
}

/// The columns a list of people can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PeopleSort {
    /// By name.
    #[default]
    Name,
    /// By e-mail address.
    Email,
    /// By the highest role.
    Role,
    /// By number of sites.
    Sites,
    /// By last sign-in; never counts as longest ago.
    Last,
    /// By status.
    Status,
}

/// Which people, in which order. The URL holds all of it; the server reads the words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeopleQuery {
    /// Part of the name or e-mail address, or a whole id.
    #[serde(default)]
    pub search: String,
    /// The highest role, in the vendor's word.
    #[serde(default)]
    pub role: String,
    /// `active`, `invited`, … for cloud administrators in that state, `any` for all of them, `none` for the others.
    #[serde(default)]
    pub tenant: String,
    /// The vendor's status word.
    #[serde(default)]
    pub status: String,
    /// A site's id; `none` for people on no site.
    #[serde(default)]
    pub site: String,
    /// A way to sign in, in the vendor's word.
    #[serde(default)]
    pub signin: String,
    /// `never`, `unknown`, or a number of days without a sign-in.
    #[serde(default)]
    pub last: String,
    /// `protected` for protected people only.
    #[serde(default)]
    pub mark: String,
    /// The sorted column.
    #[serde(default)]
    pub sort: PeopleSort,
    /// Its direction.
    #[serde(default)]
    pub direction: Direction,
    /// The page.
    #[serde(default)]
    pub page: PageRequest,
}

impl PeopleQuery {
    /// Whether it leaves anybody out.
    pub fn narrows(&self) -> bool {
        [
            &self.search,
            &self.role,
            &self.tenant,
            &self.status,
            &self.site,
            &self.signin,
            &self.last,
            &self.mark,
        ]
        .iter()
        .any(|word| !word.is_empty())
    }
}

/// How far the directory is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Loading {
    /// Whether people are being read from the vendor at this moment.
    pub running: bool,
    /// People read so far in this round.
    pub so_far: u64,
    /// Whether a whole round has ended at least once: before that, people may be missing.
    pub complete: bool,
}

/// The choices a list of people offers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PeopleChoices {
    /// Highest roles that occur: the vendor's word and ours.
    pub roles: Vec<(String, String)>,
    /// Status words that occur.
    pub statuses: Vec<String>,
    /// Sites: id and name.
    pub sites: Vec<(String, String)>,
}

/// One page of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// The rows.
    pub page: Page<PersonRow>,
    /// What the filters offer.
    pub choices: PeopleChoices,
    /// How far the directory is.
    pub loading: Loading,
    /// Why it is older than it should be.
    pub stale: Option<Problem>,
}

/// The languages the vendor's page lists, and one more seen in a public client.
pub const LANGUAGES: [&str; 15] = [
    "DE_DE", "EN_GB", "EN_US", "ES_ES", "FR_CA", "FR_FR", "IT_IT", "JA_JP", "KO_KR", "NL_NL", "PT_BR",
    "SV_SE", "TH_TH", "ZH_CN", "ZH_TW",
];

/// The locales the vendor's page lists.
pub const LOCALES: &str = "ar_AE ar_BH ar_DZ ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_SY ar_TN ar_YE be_BY bg_BG ca_ES cs_CZ da_DK de_AT de_CH de_DE de_LU el_CY el_GR en_AU en_CA en_GB en_IE en_IN en_MT en_NZ en_PH en_SG en_US en_ZA es_AR es_BO es_CL es_CO es_CR es_DO es_EC es_ES es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_PY es_SV es_US es_UY es_VE et_EE fi_FI fr_BE fr_CA fr_CH fr_FR fr_LU hi_IN hr_HR hu_HU in_ID is_IS it_CH it_IT iw_IL ja_JP ko_KR lt_LT lv_LV mk_MK ms_MY mt_MT nl_BE nl_NL no_NO pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI sq_AL sr_BA sr_ME sr_RS sv_SE th_TH tr_TR uk_UA vi_VN zh_CN zh_HK zh_SG zh_TW";
