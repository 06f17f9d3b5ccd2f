//! Which fields a list shows.

/// The fields of people that the vendor knows by name.
pub const USER_FIELDS: &[&str] = &[
    "user.id",
    "user.name",
    "user.siteRole",
    "user.lastLogin",
    "user.fullName",
    "user.email",
    "user.authSetting",
    "user.externalAuthUserId",
];
/// The fields of groups that the vendor knows by name.
pub const GROUP_FIELDS: &[&str] =
    &["group.id", "group.name", "group.domainName", "group.userCount", "group.minimumSiteRole"];
/// The fields of jobs that the vendor knows by name.
pub const JOB_FIELDS: &[&str] = &[
    "job.id",
    "job.status",
    "job.createdAt",
    "job.startedAt",
    "job.endedAt",
    "job.priority",
    "job.jobType",
    "job.title",
    "job.subtitle",
];

/// Which fields are asked for.
///
/// Vendor: Tableau REST API, "Using Fields in the REST API".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fields {
    /// Those that the vendor gives by itself. The last sign-in has been seen to be missing among them.
    #[default]
    Unsaid,
    /// All of them, such as the number of people in a group.
    All,
    /// These; the id should be among them.
    Named(&'static [&'static str]),
}

impl Fields {
    pub(super) fn expression(self) -> Option<String> {
        match self {
            Self::Unsaid => None,
            Self::All => Some("_all_".to_owned()),
            Self::Named(names) => Some(names.join(",")),
        }
    }
}
