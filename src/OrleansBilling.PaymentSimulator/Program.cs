using OrleansBilling.PaymentSimulator;
using OrleansBilling.PaymentSimulator.Http;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddSimulator();

var app = builder.Build();
app.UseProblems();
app.MapCharges();
app.MapRefunds();
app.MapVouchers();
app.MapSummary();
app.MapHealth();
await app.RunAsync();
