//! The words everyone shares: ids, rows, list queries, permissions, acts and problems. No input, no output.

pub mod access;
pub mod account_acts;
pub mod accounts;
pub mod act;
pub mod activity;
pub mod audit;
pub mod codes;
pub mod conversions;
pub mod delegation;
pub mod dictionary;
pub mod doctor;
pub mod explain;
pub mod group_acts;
pub mod groups;
pub mod ids;
pub mod jobs;
pub mod licence_acts;
pub mod licences;
pub mod moment;
pub mod notice;
pub mod page;
pub mod people;
pub mod plan;
pub mod problem;
pub mod roles;
pub mod runs;
pub mod sign_on;
pub mod site_connections;
pub mod site_facts;
pub mod site_jobs;
pub mod site_names;
pub mod site_plane;
pub mod site_users;
pub mod sites;
pub mod tenancy;
pub mod tenant;
pub mod tenant_acts;
pub mod vendor;
mod words;

pub use access::{Grant, Permission, allows};
pub use act::Act;
pub use delegation::decide;
pub use ids::{
    AccountId, ActId, ApprovalId, ConversionId, CredentialId, GrantId, GroupId, GroupSetId, JobId, PasskeyId,
    PlanId, SiteId, SiteJobId, SiteUserId, TenantId, TokenId, UserId,
};
pub use moment::Moment;
pub use notice::Notice;
pub use page::{Aged, Direction, Freshness, Page, PageRequest};
pub use problem::{Problem, ProblemCode};
