//! Speaks to Tableau: one method per vendor endpoint, and one place that sends.

pub mod error;
pub mod manager;
mod pace;
pub mod rest;
mod signin;
mod tag;
mod transport;
mod wire;
mod witness;

pub use error::{Error, Fate, Result, Unfit, Unreadable, VendorWords};
pub use manager::{
    Change, Manager, Read,
    accepted::Accepted,
    activity::{Download, Fetched, LogFile, LogScope, LogUrl},
    pages::Trail,
    people::{DeltaOp, Import, NewPerson, NewPlace, NewTenantRole, PeopleFilter, PersonDelta, PlaceDelta},
    places::{Locations, Pod, Region},
    session::SessionInfo,
    sign_on::{KeptOidc, OidcFields},
    sites::{NewSite, NewSitePlace, Project},
    table::{OperationName, Row, Table, TableError},
    tenant::NameAnswer,
    tokens::NewToken,
};
pub use pace::{Pace, SitePace};
pub use rest::{
    SiteApi,
    credentials::{Destination, SavedCredentials, UserPair},
    fields::{Fields, GROUP_FIELDS, JOB_FIELDS, USER_FIELDS},
    filter::{Filter, GroupField, GroupSetField, JobField, Operator, Sort, UserField},
    group_sets::SetDetail,
    groups::{DirectoryGroup, GroupUpdate, LocalGroup, LocalGroupUpdate, Made, MinimumRole, NewGroup, When},
    host::SiteHost,
    pages::{LARGEST_PAGE, Listed, Listing, SitePage},
    server_info::ServerInfo,
    session::{SiteAccess, SitePat, SiteSession},
    sites::Usage,
    table::{SITE_OPERATIONS, SiteOperation, SiteRow},
    users::{ImportErrors, ImportSignIn, NewSiteUser, SiteImport, SiteSignIn, UserUpdate},
    version::{ApiVersion, HIGHEST_TESTED},
};
pub use signin::{Session, SignedIn};
pub use tag::Tag;
pub use wire::{SettingsError, Wire, WireSettings};
pub use witness::{Limits, Met, Seen, Witness};
