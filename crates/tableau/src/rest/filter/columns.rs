//! The columns of each list and the comparisons they take.
//!
//! Vendor: Tableau REST API, "Filtering and Sorting". For group sets it names none; those are inferred.

use super::{
    Operator::{self, Cieq, Eq, Gt, Gte, Has, In, Like, Lt, Lte},
    SortField,
};

/// A figure or a time.
const ORDERED: &[Operator] = &[Eq, Gt, Gte, Lt, Lte];
/// A word of a list.
const CHOSEN: &[Operator] = &[Eq, In];

/// A column of the people of a site. Their addresses cannot be asked for; on Tableau Cloud the name is the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserField {
    /// The last sign-in.
    LastLogin,
    /// The name they sign in with.
    Name,
    /// The role.
    SiteRole,
    /// The name to show.
    FriendlyName,
    /// The domain.
    DomainName,
    /// Whether they were made on the site.
    IsLocal,
    /// The id.
    Luid,
}

impl SortField for UserField {
    fn word(self) -> &'static str {
        match self {
            Self::LastLogin => "lastLogin",
            Self::Name => "name",
            Self::SiteRole => "siteRole",
            Self::FriendlyName => "friendlyName",
            Self::DomainName => "domainName",
            Self::IsLocal => "isLocal",
            Self::Luid => "luid",
        }
    }

    fn takes(self) -> &'static [Operator] {
        match self {
            Self::LastLogin => ORDERED,
            Self::Name => &[Eq, In, Cieq],
            Self::SiteRole | Self::FriendlyName | Self::DomainName | Self::Luid => CHOSEN,
            Self::IsLocal => &[Eq],
        }
    }
}

/// A column of the groups of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupField {
    /// The name.
    Name,
    /// The domain.
    DomainName,
    /// The short name of the domain.
    DomainNickname,
    /// Whether it was made on the site.
    IsLocal,
    /// How many people it holds.
    UserCount,
    /// The role that its people have at least.
    MinimumSiteRole,
    /// The id; from version 3.22.
    Luid,
    /// Whether it may hold people from outside.
    IsExternalUserEnabled,
}

impl SortField for GroupField {
    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::DomainName => "domainName",
            Self::DomainNickname => "domainNickname",
            Self::IsLocal => "isLocal",
            Self::UserCount => "userCount",
            Self::MinimumSiteRole => "minimumSiteRole",
            Self::Luid => "luid",
            Self::IsExternalUserEnabled => "isExternalUserEnabled",
        }
    }

    fn takes(self) -> &'static [Operator] {
        match self {
            Self::Name => &[Eq, In, Cieq, Like],
            Self::UserCount => ORDERED,
            Self::DomainName | Self::DomainNickname | Self::MinimumSiteRole | Self::Luid => CHOSEN,
            Self::IsLocal | Self::IsExternalUserEnabled => &[Eq],
        }
    }
}

/// A column of the group sets of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupSetField {
    /// The name.
    Name,
}

impl SortField for GroupSetField {
    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
        }
    }

    fn takes(self) -> &'static [Operator] {
        CHOSEN
    }
}

/// A column of the jobs of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobField {
    /// What it was given.
    Args,
    /// When it ended.
    CompletedAt,
    /// When it was made.
    CreatedAt,
    /// When it began.
    StartedAt,
    /// The kind of work.
    JobType,
    /// What it wrote.
    Notes,
    /// Its place in the queue.
    Priority,
    /// How far it is.
    Progress,
    /// Its state.
    Status,
    /// What kind of thing it works on.
    Subtitle,
    /// What it works on.
    Title,
}

impl SortField for JobField {
    fn word(self) -> &'static str {
        match self {
            Self::Args => "args",
            Self::CompletedAt => "completedAt",
            Self::CreatedAt => "createdAt",
            Self::StartedAt => "startedAt",
            Self::JobType => "jobType",
            Self::Notes => "notes",
            Self::Priority => "priority",
            Self::Progress => "progress",
            Self::Status => "status",
            Self::Subtitle => "subtitle",
            Self::Title => "title",
        }
    }

    fn takes(self) -> &'static [Operator] {
        match self {
            Self::Args | Self::Notes => &[Has],
            Self::CompletedAt | Self::CreatedAt | Self::StartedAt | Self::Priority | Self::Progress => {
                ORDERED
            }
            Self::JobType => CHOSEN,
            Self::Status => &[Eq],
            Self::Subtitle | Self::Title => &[Eq, Has],
        }
    }
}
