await Console.Error.WriteLineAsync("orleans-billing-silo: this build is without Orleans; build it with -p:Orleans=true.");
return 1;
