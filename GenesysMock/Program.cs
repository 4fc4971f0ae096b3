using GenesysMock;
using GenesysMock.Admin;
using GenesysMock.Answers;
using GenesysMock.Faults;
using GenesysMock.Limits;
using GenesysMock.Login;
using GenesysMock.Ports;
using GenesysMock.Publishing;
using GenesysMock.Scenarios;
using GenesysMock.Status;
using ServiceDefaults;

if (CommandLine.Handled(args))
{
    return 0;
}

var builder = WebApplication.CreateBuilder(args.ReadOnce());

builder.AddServiceDefaults();
builder.AddScenarios(); // what kind of day it is
builder.AddPublishing(); // events happen and go to the ingestor
builder.AddPorts(); // somebody asks: at the login host or at the API's
builder.AddLogin(); // for a token
builder.AddLimits(); // and whether he may, with that token
builder.AddFaults(); // and whether anything goes wrong
builder.AddAnswers(); // and then about the conversations of those events
builder.AddStatusPage();

var app = builder.Build();

app.UsePorts();
app.UseGate();
app.MapLogin();
app.MapAnswers();
app.MapAdmin();
app.MapStatusPage();
app.MapDefaultEndpoints();

return await app.RunServiceAsync();
