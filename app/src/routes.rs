//! Which page answers which path.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};
use model::{Problem, ProblemCode};

use crate::{
    audit::{AuditDetail, AuditList},
    connection::ConnectionView,
    frame::Framed,
    jobs::{JobDetail, JobList, JobOpen},
    overview::Overview,
    parts::{explained::Explained, heading::Heading},
    signin::SignIn,
    sites::{SiteDetail, SiteList, SiteReactivate, SiteSuspend},
};

/// Every page of Steward.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/login") view=SignIn ssr=SsrMode::Async/>
                <ParentRoute path=path!("") view=Framed ssr=SsrMode::Async>
                    <Route path=path!("") view={Lazy::<Overview>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("sites") view={Lazy::<SiteList>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("sites/:id") view={Lazy::<SiteDetail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("sites/:id/suspend") view={Lazy::<SiteSuspend>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("sites/:id/reactivate") view={Lazy::<SiteReactivate>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("jobs") view={Lazy::<JobList>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("jobs/open") view=JobOpen ssr=SsrMode::Async/>
                    <Route path=path!("jobs/:id") view={Lazy::<JobDetail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("audit") view={Lazy::<AuditList>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("audit/:act") view={Lazy::<AuditDetail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("connection") view={Lazy::<ConnectionView>::new()} ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// A path that leads nowhere.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <main class="entrance" id="main">
            <Heading title="Not found"/>
            <Explained problem=Problem::new(ProblemCode::PageNotFound)/>
            <p><a href="/">"Go to the overview"</a></p>
        </main>
    }
}
