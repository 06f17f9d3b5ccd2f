//! The vendor's words for languages, locales and ways to sign in.

const LANGUAGES: &str =
    "DE_DE EN_GB EN_US ES_ES FR_CA FR_FR IT_IT JA_JP KO_KR NL_NL PT_BR SV_SE TH_TH ZH_CN ZH_TW";

const LOCALES: &str = "\
    ar_AE ar_BH ar_DZ ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_SY ar_TN ar_YE \
    be_BY bg_BG ca_ES cs_CZ da_DK de_AT de_CH de_DE de_LU el_CY el_GR en_AU en_CA en_GB en_IE en_IN en_MT \
    en_NZ en_PH en_SG en_US en_ZA es_AR es_BO es_CL es_CO es_CR es_DO es_EC es_ES es_GT es_HN es_MX es_NI \
    es_PA es_PE es_PR es_PY es_SV es_US es_UY es_VE et_EE fi_FI fr_BE fr_CA fr_CH fr_FR fr_LU hi_IN hr_HR \
    hu_HU in_ID is_IS it_CH it_IT iw_IL ja_JP ko_KR lt_LT lv_LV mk_MK ms_MY mt_MT nl_BE nl_NL no_NO pl_PL \
    pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI sq_AL sr_BA sr_ME sr_RS sv_SE th_TH tr_TR uk_UA vi_VN zh_CN zh_HK \
    zh_SG zh_TW";

/// The ways to sign in to a site, from the vendor's page of user resources.
const SITE_IDPS: &str = "OpenID SAML TableauIDWithMFA";

fn among(words: &'static str, word: &str) -> Option<&'static str> {
    words.split(' ').find(|known| *known == word)
}

pub(crate) fn language(word: &str) -> Option<&'static str> {
    among(LANGUAGES, word)
}

pub(crate) fn locale(word: &str) -> Option<&'static str> {
    among(LOCALES, word)
}

/// A way to sign in, or the wish to leave it to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Idp {
    Default,
    Named(&'static str),
}

impl Idp {
    pub(crate) fn on_site(word: &str) -> Option<Self> {
        if word == "DEFAULT" { Some(Self::Default) } else { among(SITE_IDPS, word).map(Self::Named) }
    }

    /// The tenant's own administration knows no default.
    pub(crate) fn in_tenant(word: &str) -> Option<Self> {
        among(SITE_IDPS, word).map(Self::Named)
    }

    /// In files the site API's word for the default is known too, and case does not matter.
    pub(crate) fn in_file(word: &str) -> Option<Self> {
        if ["default", "serverdefault"].contains(&&*word.to_lowercase()) {
            return Some(Self::Default);
        }
        SITE_IDPS.split(' ').find(|known| known.eq_ignore_ascii_case(word)).map(Self::Named)
    }

    pub(crate) fn chosen(self) -> Option<&'static str> {
        match self {
            Self::Default => None,
            Self::Named(word) => Some(word),
        }
    }
}

/// Whether this can be an address: one `@` with something before it and a domain after it.
pub(crate) fn is_address(text: &str) -> bool {
    let fine = |part: &str| !part.is_empty() && !part.contains(['@', ' ', ',', '"']);
    text.split_once('@').is_some_and(|(name, domain)| fine(name) && fine(domain) && domain.contains('.'))
}
