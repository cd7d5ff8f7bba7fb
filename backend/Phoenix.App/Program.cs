Console.WriteLine("phoenix");
