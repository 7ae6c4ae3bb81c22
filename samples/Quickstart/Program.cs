Console.WriteLine(Quickstart.Greetings.English);
